//! Nothing that comes in breaks the program: any bytes by every way in, any
//! keys in any order.

#[path = "../../fuzz/src/lib.rs"]
mod any_input;
mod bytes;
#[path = "../support/driver.rs"]
mod driver;
#[path = "../support/emulator.rs"]
mod emulator;
mod session;
