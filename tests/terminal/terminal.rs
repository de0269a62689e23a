//! The terminal floor in a real terminal: claimed, given back, lost.
//!
//! The program is `examples/page.rs`, which has a key for every accident.

use crate::support;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use crate::support::pty::{Pty, Setup, code_of};
use anli::text::width::Ambiguous;
use rustix::process::Signal;

const SEED: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/seeds/003_e708e3f89c99b752.txt"
);

/// The program under test, with a text to show.
fn page() -> Setup {
    program().arg(SEED)
}

/// The program under test, built once.
fn program() -> Setup {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let program = BUILT.get_or_init(|| {
        let test = std::env::current_exe().expect("a test has a path");
        let profile = test.ancestors().nth(2).expect("target/profile/deps/test");
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--quiet", "--example", "page"]);
        if profile.ends_with("release") {
            build.arg("--release");
        }
        let built = build.current_dir(env!("CARGO_MANIFEST_DIR")).status();
        assert!(built.expect("cargo runs").success());
        profile.join("examples/page")
    });
    Setup::new(program)
}

/// Starts it and waits for the first frame.
fn start(setup: Setup) -> Pty {
    let mut pty = setup.start();
    pty.wait_for("the first frame", |screen| screen.text().contains("top 0"));
    pty
}

/// The screen that was there before is there again, and every mode.
#[track_caller]
fn check_given_back(pty: &Pty) {
    let screen = pty.screen();
    assert!(screen.is_untouched(), "{screen:?}");
    assert!(!screen.text().contains("top"), "{}", screen.text());
    assert_eq!(screen.mishaps(), [] as [String; 0]);
}

#[test]
fn quitting_gives_the_terminal_back() {
    let mut pty = start(page());
    assert!(pty.screen().is_alternate());
    // Nor do lines wrap: a glyph wider than thought must not scroll the screen.
    assert!(!pty.screen().mode(7));
    pty.type_in("jjq");
    assert_eq!(code_of(pty.wait_for_exit()), 0);
    check_given_back(&pty);
}

#[test]
fn the_line_discipline_is_given_back_as_well() {
    let line = r#"before=$(stty -g); "$@"; [ "$(stty -g)" = "$before" ] && echo the same"#;
    let mut pty = start(page().shell(line));
    pty.type_in("q");
    pty.wait_for_exit();
    assert!(pty.screen().text().contains("the same"));
}

#[test]
fn without_an_alternate_screen_the_next_prompt_finds_an_empty_one() {
    // GNU screen by default, the Linux console, a VT100.
    let line = r#"echo before; "$@"; echo behind"#;
    let mut pty = start(page().without_alternate_screen().shell(line));
    pty.type_in("jq");
    pty.wait_for_exit();
    assert_eq!(pty.screen().text().trim_end(), "behind");
    assert!(pty.screen().is_untouched(), "{:?}", pty.screen());
}

#[test]
fn a_panic_can_be_read_after_the_terminal_is_given_back() {
    for (key, message) in [("p", "asked to panic"), ("P", "asked to panic elsewhere")] {
        let mut pty = start(page());
        pty.type_in(key);
        assert_eq!(code_of(pty.wait_for_exit()), 101);
        assert!(pty.screen().is_untouched(), "{:?}", pty.screen());
        assert!(pty.screen().text().contains(message));
    }
}

#[test]
fn a_signal_ends_the_program_in_good_order() {
    for (signal, code) in [
        (Signal::TERM, 143),
        (Signal::HUP, 129),
        (Signal::INT, 130),
        (Signal::QUIT, 131),
    ] {
        let mut pty = start(page());
        pty.signal(signal);
        assert_eq!(code_of(pty.wait_for_exit()), code);
        check_given_back(&pty);
    }
}

#[test]
fn a_program_that_hangs_is_ended_by_its_watchdog() {
    let mut pty = start(page());
    pty.type_in("h");
    pty.signal(Signal::TERM);
    assert_eq!(code_of(pty.wait_for_exit()), 143);
    check_given_back(&pty);
}

#[test]
fn without_its_terminal_the_program_is_gone_within_a_second() {
    let ignoring = r#"trap '' HUP; exec "$@""#;
    for setup in [page(), page().detached(), page().shell(ignoring)] {
        let mut pty = start(setup);
        pty.hang_up();
        pty.wait_for_exit_within(Duration::from_secs(1));
    }
}

#[test]
fn it_is_gone_even_if_it_hangs() {
    let mut pty = start(page().detached());
    pty.type_in("h");
    pty.hang_up();
    pty.wait_for_exit_within(Duration::from_secs(1));
}

/// A shell with job control that runs the program, and goes on when it stops.
const JOBS: &str = r#"set -m; "$@"; echo stopped; read line; fg; echo left with $?"#;

#[test]
fn ctrl_z_stops_the_program_and_fg_brings_it_back() {
    let mut pty = start(page().shell(JOBS));
    pty.type_in("jj");
    pty.wait_for_text("top 2");
    pty.type_in("\x1a");
    pty.wait_for_text("stopped");
    assert!(pty.screen().is_untouched(), "{:?}", pty.screen());
    pty.type_in("\r");
    pty.wait_for("the page", |screen| screen.is_alternate());
    pty.wait_for_text("top 2");
    pty.type_in("j");
    pty.wait_for_text("top 3");
    pty.type_in("q");
    pty.wait_for_text("left with 0");
    pty.wait_for_exit();
    assert!(pty.screen().is_untouched(), "{:?}", pty.screen());
}

#[test]
fn a_program_stopped_from_outside_gives_the_terminal_back_as_well() {
    let mut pty = start(page().shell(JOBS));
    let program = pty.grandchild();
    rustix::process::kill_process(program, Signal::TSTP).expect("it runs");
    pty.wait_for_text("stopped");
    assert!(pty.screen().is_untouched(), "{:?}", pty.screen());
    pty.type_in("\r");
    pty.wait_for_text("top 0");
    pty.type_in("q");
    pty.wait_for_text("left with 0");
}

#[test]
fn a_program_that_was_frozen_takes_the_terminal_again() {
    let mut pty = start(page().shell(JOBS));
    let program = pty.grandchild();
    // SIGSTOP cannot be caught: the shell finds the terminal as it was.
    rustix::process::kill_process(program, Signal::STOP).expect("it runs");
    pty.wait_for_text("Stopped");
    pty.type_in("\n");
    pty.wait_for("a frame of the right size", |screen| {
        screen.row(23).starts_with("80x24 top 0")
    });
    pty.type_in("j");
    pty.wait_for_text("top 1");
    pty.type_in("q");
    pty.wait_for_text("left with 0");
}

/// The same shell, which ends what has stopped.
const KILL: &str = r#"set -m; "$@"; kill %1; read line; wait %1; echo ended with $?"#;

#[test]
fn a_stopped_program_that_is_asked_to_end_ends() {
    // By its key, and by a signal that cannot be caught: then it still has the
    // terminal.
    for frozen in [false, true] {
        let mut pty = start(page().shell(KILL));
        let program = pty.grandchild();
        if frozen {
            rustix::process::kill_process(program, Signal::STOP).expect("it runs");
        } else {
            pty.type_in("\x1a");
        }
        pty.wait_for_end_of(program);
        pty.type_in("\n");
        pty.wait_for_text("ended with 143");
        pty.wait_for_exit();
        assert!(pty.screen().is_untouched(), "{:?}", pty.screen());
    }
}

#[test]
fn in_the_background_the_program_waits_for_fg() {
    let line = r#"set -m; "$@"; bg; until [ -n "$(jobs -s)" ]; do sleep 0.01; done
        echo stopped again; read line; fg; echo left with $?"#;
    let mut pty = start(page().shell(line));
    pty.type_in("\x1a");
    // Continued, and stopped by the kernel for reaching out to the terminal.
    pty.wait_for_text("stopped again");
    assert!(pty.screen().is_untouched(), "{:?}", pty.screen());
    pty.type_in("\n");
    pty.wait_for_text("top 0");
    pty.type_in("q");
    pty.wait_for_text("left with 0");
}

#[test]
fn a_login_shell_is_not_stopped() {
    let mut pty = start(page().shell(r#"set -m; (exec -a -page "$@")"#));
    pty.type_in("\x1aj");
    pty.wait_for_text("top 1");
}

#[test]
fn a_text_may_come_in_by_a_pipe_while_keys_come_from_the_terminal() {
    let mut pty = start(page().shell(r#"echo | "$@""#));
    pty.type_in("j");
    pty.wait_for_text("top 1");
    pty.type_in("q");
    assert_eq!(code_of(pty.wait_for_exit()), 0);
}

#[test]
fn ctrl_z_does_nothing_where_no_shell_could_bring_the_program_back() {
    let mut pty = start(page());
    pty.type_in("\x1aj");
    pty.wait_for_text("top 1");
    pty.signal(Signal::TSTP);
    pty.type_in("j");
    pty.wait_for_text("top 2");
}

#[test]
fn an_editor_gets_the_terminal_and_the_keys() {
    let mut pty = start(page().env("EDITOR", "cat"));
    pty.type_in("e");
    pty.wait_for("the main screen", |screen| !screen.is_alternate());
    pty.type_in("jjj\n");
    pty.wait_for_text("jjj");
    pty.type_in("\x04");
    // The key that started it is the only one that came here.
    pty.wait_for_text("top 0 inputs 1 ");
    pty.type_in("j");
    pty.wait_for_text("top 1 inputs 2 ");
}

#[test]
fn of_two_hundred_resizes_few_are_drawn_and_the_last_is() {
    let mut pty = start(page());
    for n in 0..200 {
        pty.resize(60 + n % 50, 20 + n % 7);
        pty.listen(Duration::from_millis(2));
    }
    pty.resize(100, 30);
    pty.wait_for("the last size", |screen| {
        screen.row(29).starts_with("100x30 ")
    });
    let status = pty.screen().row(29);
    let resizes: usize = status
        .split("resizes ")
        .nth(1)
        .and_then(|rest| rest.split(' ').next())
        .and_then(|n| n.parse().ok())
        .expect("a number of resizes");
    assert!(resizes <= 8, "{status}");
}

#[test]
fn a_slow_link_carries_the_newest_state_and_no_stale_ones() {
    // 64 kbit/s.
    let mut pty = start(page().size(120, 40).slow(8_000));
    let before = pty.output().len();
    for _ in 0..30 {
        pty.type_in("n");
        pty.listen(Duration::from_millis(10));
    }
    pty.wait_for_text("inputs 30");
    let frames = pty.output().len() - before;
    // Thirty pages of some 3 KB each were asked for.
    assert!(frames < 20_000, "{frames} bytes");
    pty.type_in("q");
    assert_eq!(code_of(pty.wait_for_exit()), 0);
    check_given_back(&pty);
}

/// The kernel holds 10 to 64 KB for a terminal that does not read. `Y` copies 300.
const MORE_THAN_FITS: &str = "Y";

#[test]
fn keys_are_read_while_the_terminal_has_no_room() {
    let mut pty = start(page().silent());
    pty.type_in(MORE_THAN_FITS);
    pty.type_in("jjjj");
    pty.wait_for_text("top 4");
    let copied = pty.screen().clipboard().map_or(0, str::len);
    // Base 64 of 234,747 bytes, line ends at the end left out.
    assert!(copied > 312_000, "{copied}");
}

#[test]
fn a_terminal_that_does_not_read_is_given_back_all_the_same() {
    let mut pty = start(page().silent());
    pty.stop_reading();
    pty.type_in(MORE_THAN_FITS);
    // Until the kernel's buffers are full.
    pty.listen(Duration::from_millis(100));
    pty.type_in("q");
    assert_eq!(code_of(pty.wait_for_exit()), 0);
    assert!(pty.screen().is_untouched(), "{:?}", pty.screen());
}

#[test]
fn a_panic_in_the_middle_of_a_sequence_gives_the_terminal_back() {
    let mut pty = start(page().silent().slow(1_000_000));
    pty.type_in(MORE_THAN_FITS);
    pty.type_in("P");
    assert_eq!(code_of(pty.wait_for_exit()), 101);
    // Half a text is none.
    assert!(pty.screen().clipboard().is_none());
    assert!(pty.screen().is_untouched(), "{:?}", pty.screen());
    assert!(pty.screen().text().contains("asked to panic elsewhere"));
}

#[test]
fn a_paste_is_a_text_and_no_commands() {
    let mut pty = start(page());
    assert!(pty.screen().mode(2004));
    pty.type_in("\x1b[200~quit 创新\x1b[201~");
    pty.wait_for_text("“quit 创新”");
    pty.type_in("q");
    pty.wait_for_exit();
    assert!(!pty.screen().mode(2004));
}

#[test]
fn the_mouse_is_left_to_the_terminal_over_ssh() {
    let mut pty = start(page().env("SSH_TTY", "/dev/pts/9"));
    assert!(!pty.has_written(b"\x1b[?1000h"));
    pty.type_in("m");
    pty.wait_for("the mouse", |screen| screen.mode(1000) && screen.mode(1006));
    pty.type_in("\x1b[<65;3;3M");
    pty.wait_for_text("top 3");
    pty.type_in("m");
    pty.wait_for("no mouse", |screen| {
        !screen.mode(1000) && !screen.mode(1006)
    });
    // What a program before this one may have left on.
    pty.type_in("\x1b[<65;3;3Mj");
    pty.wait_for_text("top 4");
    pty.type_in("q");
    pty.wait_for_exit();
    check_given_back(&pty);
}

#[test]
fn the_mouse_is_on_at_home_and_off_afterwards() {
    let mut pty = start(page());
    assert!(pty.screen().mode(1002));
    // Not every movement.
    assert!(!pty.has_written(b"\x1b[?1003h"));
    pty.type_in("q");
    pty.wait_for_exit();
    check_given_back(&pty);
}

#[test]
fn an_idle_program_writes_nothing_and_sleeps() {
    let mut pty = start(page());
    pty.type_in("j");
    pty.wait_for_text("top 1");
    // Whatever still follows the frame.
    pty.listen(Duration::from_millis(100));
    let naps = pty.naps();
    assert_eq!(pty.listen(Duration::from_millis(500)), 0);
    assert_eq!(pty.naps(), naps);
}

#[test]
fn a_worker_wakes_the_program() {
    let mut pty = start(page());
    pty.type_in("w");
    pty.wait_for_text("from a worker");
}

#[test]
fn a_silent_terminal_delays_nothing() {
    let mut pty = start(page().silent());
    pty.type_in("j");
    pty.wait_for_text("top 1");
    pty.type_in("q");
    assert_eq!(code_of(pty.wait_for_exit()), 0);
    check_given_back(&pty);
}

#[test]
fn answers_that_come_late_are_no_keys() {
    let mut pty = start(page().silent());
    pty.listen(Duration::from_millis(150));
    pty.type_in("\x1b[1;2R\x1b[1;3R\x1b[?2026;2$y\x1b[0n\x1b[?62;22c");
    pty.type_in("j");
    pty.wait_for_text("top 1 inputs 1 ");
}

/// A shell that says what is typed into it once the program has ended.
const BEHIND: &str = r#""$@"; read -t 1.2 -n 1 typed; echo "typed [$typed]""#;

/// Starts the program in that shell and ends it before the terminal, which takes
/// so many milliseconds, has answered anything.
fn end_before_the_answers(milliseconds: Option<u64>, end: impl Fn(&mut Pty)) -> Pty {
    let setup = page().shell(BEHIND);
    let setup = match milliseconds {
        Some(time) => setup.answers_after(Duration::from_millis(time)),
        None => setup.silent(),
    };
    let mut pty = setup.start();
    pty.wait_for("the program", |screen| screen.is_alternate());
    end(&mut pty);
    pty.wait_for("the screen before", |screen| !screen.is_alternate());
    pty
}

#[test]
fn answers_on_their_way_do_not_land_in_the_shell() {
    let by_signal = |signal| {
        move |pty: &mut Pty| {
            let program = pty.grandchild();
            rustix::process::kill_process(program, signal).expect("it runs");
        }
    };
    let quit: fn(&mut Pty) = |pty| pty.type_in("q");
    for (milliseconds, end) in [
        (Some(20), Box::new(quit) as Box<dyn Fn(&mut Pty)>),
        (Some(300), Box::new(quit)),
        (Some(900), Box::new(quit)),
        (Some(900), Box::new(by_signal(Signal::TERM))),
        (Some(300), Box::new(by_signal(Signal::INT))),
        (None, Box::new(quit)),
    ] {
        let mut pty = end_before_the_answers(milliseconds, end);
        pty.wait_for_text("typed []");
        assert!(pty.screen().is_untouched(), "{:?}", pty.screen());
    }
}

#[test]
fn a_terminal_that_leaves_the_last_question_open_is_not_waited_for_long() {
    let mut pty = end_before_the_answers(None, |pty| pty.type_in("q"));
    // st 0.9.
    pty.type_in("\x1b[1;2R\x1b[1;5R\x1b[?6c");
    pty.wait_for_text("typed []");
}

#[test]
fn what_is_typed_behind_the_answers_is_for_the_shell() {
    let mut pty = end_before_the_answers(None, |pty| pty.type_in("q"));
    pty.type_in("\x1b[1;2R\x1b[1;5R\x1b[?2026;2$y\x1b[>41;379;0c\x1b[?6c\x1b[0nls");
    pty.wait_for_text("typed [l]");
}

#[test]
fn the_terminal_is_asked_how_wide_it_draws() {
    let right = |screen: &support::emulator::Emulator| screen.row(23).ends_with("“”|");
    let mut narrow = start(page());
    narrow.wait_for("a narrow bar", right);
    let mut wide = start(page().ambiguous(Ambiguous::Wide));
    wide.type_in("\x1b[200~中\x1b[201~");
    wide.wait_for("a wide bar", |screen| screen.row(23).ends_with("“中”|"));
    let caret = |pty: &Pty| pty.screen().cursor().0;
    // The same bar, two columns longer for the quotation marks, two for 中.
    assert_eq!(caret(&wide), caret(&narrow) + 2 + 2);
}

#[test]
fn the_caret_is_visible_where_text_goes_in() {
    let mut pty = start(page());
    pty.type_in("\x1b[200~创新\x1b[201~");
    pty.wait_for_text("“创新”");
    assert!(pty.screen().cursor_is_visible());
    let bar = pty.screen().row(23);
    let columns = anli::text::width::of_str(&bar, Ambiguous::Narrow);
    assert_eq!(pty.screen().cursor(), (columns, 23));
}

#[test]
fn a_copied_text_is_sent_to_the_clipboard() {
    let mut pty = start(page());
    pty.type_in("y");
    pty.wait_for("a clipboard", |screen| {
        screen.clipboard() == Some("5Yib5paw")
    });
}

#[test]
fn terminals_of_every_kind_show_the_page() {
    for term in [
        "xterm-256color",
        "tmux-256color",
        "screen",
        "vt100",
        "linux",
        "xterm",
    ] {
        for no_color in ["", "1"] {
            let setup = page().env("TERM", term).env("NO_COLOR", no_color);
            let mut pty = start(setup.env("LANG", "C"));
            pty.type_in("jjj");
            pty.wait_for_text("top 3");
            assert!(pty.screen().cell(0, 23).look.has(7));
            pty.type_in("q");
            assert_eq!(code_of(pty.wait_for_exit()), 0);
            check_given_back(&pty);
        }
    }
}

#[test]
fn the_doctor_tells_what_the_terminal_answers() {
    for (ambiguous, width) in [(Ambiguous::Narrow, "1"), (Ambiguous::Wide, "2")] {
        let mut pty = program().arg("doctor").ambiguous(ambiguous).start();
        assert_eq!(code_of(pty.wait_for_exit()), 0);
        let text = pty.screen().text();
        assert!(
            text.contains(&format!("ambiguous_width: {width}\n")),
            "{text}"
        );
        assert!(text.contains("synchronized_output: yes\n"), "{text}");
        assert!(text.starts_with("term: xterm-256color\n"), "{text}");
    }
}

#[test]
fn the_doctor_does_not_wait_for_a_terminal_that_is_silent() {
    let mut pty = program().arg("doctor").silent().start();
    assert_eq!(code_of(pty.wait_for_exit()), 0);
    let text = pty.screen().text();
    assert!(text.contains("ambiguous_width: unknown\n"), "{text}");
    assert!(pty.screen().is_untouched(), "{:?}", pty.screen());
    // Nobody answers by a pipe, nor a program that runs in the background.
    for line in [r#""$@" | cat"#, r#"set -m; "$@" & wait -f %1"#] {
        let mut pty = program().arg("doctor").shell(line).start();
        pty.wait_for_exit();
        assert!(pty.screen().text().contains("answers: no terminal\n"));
        assert!(!pty.output().contains(&0x1b));
    }
}

#[test]
fn without_a_cursor_or_a_terminal_nothing_but_a_message_is_written() {
    for (term, says) in [("dumb", "dumb"), ("", "TERM is not set")] {
        let mut pty = page().env("TERM", term).start();
        assert_eq!(code_of(pty.wait_for_exit()), 2);
        assert!(
            pty.screen().text().contains(says),
            "{}",
            pty.screen().text()
        );
        assert!(!pty.output().contains(&0x1b));
    }
    let mut pty = page().shell(r#""$@" | cat"#).start();
    pty.wait_for_exit();
    assert!(pty.screen().text().contains("not a terminal"));
    assert!(!pty.output().contains(&0x1b));
}

#[test]
fn synchronized_output_can_be_switched_off_by_the_environment() {
    let mut pty = start(page().env("ANLI_NO_SYNC", "1"));
    pty.type_in("j");
    pty.wait_for_text("top 1");
    assert!(!pty.has_written(b"\x1b[?2026h"));
}
