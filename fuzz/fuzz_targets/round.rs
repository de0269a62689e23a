#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| anli_fuzz::round::check(data));
