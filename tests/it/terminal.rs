//! The built program in a real pseudo terminal: it starts, walks, resizes, ends, and leaves the
//! terminal and the drafts as they should be.
//!
//! Nothing sleeps: a thread reads what the program writes, and a wait ends when the screen shows
//! what is waited for. The one limit is far beyond any machine's pace and means a hang.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use gendan::text::{Label, Lang};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

mod random_keys;
mod reading;

const HANG: Duration = Duration::from_secs(60);

#[derive(Default)]
struct Seen {
    bytes: Vec<u8>,
    ended: bool,
    /// The terminal is taken away at the next byte.
    vanishing: bool,
}

struct Terminal {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<(Mutex<(Seen, vt100::Parser)>, Condvar)>,
}

impl Terminal {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_gendan"));
        command.args(arguments);
        Self::run(folder, command)
    }

    fn run(folder: &Path, mut command: CommandBuilder) -> Self {
        let size = PtySize {
            rows: 30,
            cols: 100,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        command.env("GENDAN_NOW", "2026-11-23T08:00");
        // A copy that is being made when the program ends would have the file open a little longer.
        command.env("GENDAN_BACKUP_DAYS", "0");
        if command.get_env("TERM") != Some("dumb".as_ref()) {
            command.env("TERM", "xterm-256color");
        }
        for name in [
            "HOME",
            "XDG_DATA_HOME",
            "XDG_CONFIG_HOME",
            "XDG_STATE_HOME",
            "TMPDIR",
        ] {
            command.env(name, folder);
        }
        command.env_remove("NO_COLOR");
        command.env_remove("GENDAN_DB");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let seen = Arc::new((
            Mutex::new((Seen::default(), vt100::Parser::new(30, 100, 0))),
            Condvar::new(),
        ));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let shared = Arc::clone(&seen);
        std::thread::spawn(move || {
            let mut buffer = [0; 65_536];
            loop {
                let n = reader.read(&mut buffer).unwrap_or(0);
                let mut state = shared.0.lock().unwrap();
                state.0.bytes.extend_from_slice(&buffer[..n]);
                state.1.process(&buffer[..n]);
                state.0.ended = n == 0;
                shared.1.notify_all();
                if n == 0 || state.0.vanishing {
                    return;
                }
            }
        });
        let writer = pair.master.take_writer().unwrap();
        Self {
            master: pair.master,
            writer,
            child,
            seen,
        }
    }

    fn send(&mut self, keys: &str) -> &mut Self {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
        self
    }

    fn wait(&mut self, what: &str, done: impl Fn(&Seen, &vt100::Screen) -> bool) {
        let (lock, wake) = &*self.seen;
        let state = lock.lock().unwrap();
        let (state, timeout) = wake
            .wait_timeout_while(state, HANG, |(seen, parser)| {
                !done(seen, parser.screen()) && !seen.ended
            })
            .unwrap();
        let shown = done(&state.0, state.1.screen());
        assert!(
            shown && !timeout.timed_out(),
            "never seen: {what}\n{}",
            state.1.screen().contents()
        );
    }

    /// Waits until the screen shows a text.
    fn shows(&mut self, text: &str) -> &mut Self {
        self.wait(text, |_, screen| screen.contents().contains(text));
        self
    }

    fn resize(&mut self, cols: u16, rows: u16) -> &mut Self {
        self.seen
            .0
            .lock()
            .unwrap()
            .1
            .screen_mut()
            .set_size(rows, cols);
        let size = PtySize {
            rows,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        };
        self.master.resize(size).unwrap();
        self
    }

    fn signal(&self, signal: rustix::process::Signal) {
        let id = i32::try_from(self.child.process_id().unwrap()).unwrap();
        rustix::process::kill_process(rustix::process::Pid::from_raw(id).unwrap(), signal).unwrap();
    }

    /// What the program has written so far.
    fn text(&self) -> String {
        let state = self.seen.0.lock().unwrap();
        String::from_utf8_lossy(&state.0.bytes).into_owned()
    }

    /// Goes on after a stop: says so until the program draws again.
    fn go_on(&mut self, text: &str) {
        let (lock, wake) = &*Arc::clone(&self.seen);
        for _ in 0..HANG.as_secs() * 50 {
            self.signal(rustix::process::Signal::CONT);
            let state = lock.lock().unwrap();
            let (state, _) = wake
                .wait_timeout_while(state, Duration::from_millis(20), |(seen, parser)| {
                    let bytes = String::from_utf8_lossy(&seen.bytes);
                    let taken = bytes.rfind("\x1b[?1049h") > bytes.rfind("\x1b[?1049l");
                    !(seen.ended || taken && parser.screen().contents().contains(text))
                })
                .unwrap();
            let bytes = String::from_utf8_lossy(&state.0.bytes);
            let taken = bytes.rfind("\x1b[?1049h") > bytes.rfind("\x1b[?1049l");
            if state.0.ended || taken && state.1.screen().contents().contains(text) {
                return;
            }
        }
        panic!("the program does not go on");
    }

    /// Takes the terminal away while the program writes to it; what it was started by then ends
    /// with this code.
    fn vanish(mut self, key: &str) -> u32 {
        self.seen.0.lock().unwrap().0.vanishing = true;
        self.send(key);
        let Self {
            master,
            writer,
            mut child,
            ..
        } = self;
        drop((writer, master));
        child.wait().unwrap().exit_code()
    }

    /// Waits for the end; the exit code, and whether the terminal was given back.
    fn end(mut self) -> (u32, bool) {
        let (lock, wake) = &*self.seen;
        let state = lock.lock().unwrap();
        let (state, _) = wake
            .wait_timeout_while(state, HANG, |(seen, _)| !seen.ended)
            .unwrap();
        assert!(state.0.ended, "the program does not end");
        let text = String::from_utf8_lossy(&state.0.bytes).into_owned();
        let last = |on: &str, off: &str| text.rfind(off) > text.rfind(on);
        let restored = last("\x1b[?1049h", "\x1b[?1049l")
            && last("\x1b[?25l", "\x1b[?25h")
            && last("\x1b[?2004h", "\x1b[?2004l")
            && leaves_nothing(&text);
        drop(state);
        (self.child.wait().unwrap().exit_code(), restored)
    }
}

/// Whether a terminal without a second screen is empty when it is given back.
fn leaves_nothing(bytes: &str) -> bool {
    let upto = bytes.rfind("\x1b[?1049l").unwrap_or(bytes.len());
    let one = bytes.get(..upto).unwrap_or_default();
    let one = one.replace("\x1b[?1049h", "").replace("\x1b[?1049l", "");
    let mut screen = vt100::Parser::new(60, 220, 0);
    screen.process(one.as_bytes());
    screen.screen().contents().trim().is_empty() && screen.screen().cursor_position() == (0, 0)
}

fn walk(lang: Lang, code: &str) {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(folder.path(), &["--demo", "--lang", code]);
    terminal.shows("SO-0110");
    for (key, stage) in ('0'..='6').zip(gendan::domain::codes::Stage::ALL) {
        let name = stage.word().text(lang);
        // The open stage is the one that is reversed.
        terminal.send(&key.to_string());
        terminal.wait(name, |_, screen| {
            (0..100).any(|x| {
                screen.cell(0, x).is_some_and(|cell| {
                    cell.inverse()
                        && name.starts_with(cell.contents())
                        && !cell.contents().is_empty()
                })
            })
        });
    }
    let small: String = gendan::text::shell::TOO_SMALL
        .text(lang)
        .chars()
        .take(4)
        .collect();
    terminal.resize(20, 5).shows(&small);
    terminal.resize(100, 30).shows("EX-0103");
    terminal.send("q").shows("Enter").send("\r");
    assert_eq!(terminal.end(), (0, true));
}

#[test]
fn the_demo_starts_walks_resizes_and_gives_the_terminal_back_in_chinese() {
    walk(Lang::Zh, "zh-CN");
}

#[test]
fn the_demo_starts_walks_resizes_and_gives_the_terminal_back_in_english() {
    walk(Lang::En, "en");
}

#[test]
fn a_hang_up_in_the_middle_of_a_form_leaves_a_draft_that_the_next_start_offers() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.db");
    let arguments = ["--db", file.to_str().unwrap(), "--lang", "zh-CN"];
    let mut terminal = Terminal::start(folder.path(), &arguments);
    terminal
        .shows("接单")
        .send("1")
        .shows("还没有订单")
        .send("n")
        .shows("录入新订单")
        .send("永兴五金")
        .shows("永兴五金");
    // What the system sends when the SSH connection breaks.
    terminal.signal(rustix::process::Signal::HUP);
    assert_eq!(
        terminal.end().0,
        129,
        "and not a byte more to a terminal that is gone"
    );

    let mut again = Terminal::start(folder.path(), &arguments);
    again
        .shows("没有保存")
        .shows("录入新订单")
        .send("\r")
        .shows("永兴五金");
    again
        .send("\x1b")
        .shows("草稿")
        .send("d")
        .shows("放弃")
        .send("q")
        .shows("退出")
        .send("\r");
    assert_eq!(again.end(), (0, true));
}

#[test]
fn a_termination_gives_the_terminal_back_and_says_so_in_its_code() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(folder.path(), &["--demo", "--lang", "en"]);
    terminal.shows("SO-0110");
    terminal.signal(rustix::process::Signal::TERM);
    assert_eq!(terminal.end(), (143, true));
}

/// A file with a form in which a customer's name was typed.
fn typing(folder: &Path, lang: &str) -> Terminal {
    let file = folder.join("a.db");
    let arguments = ["--db", file.to_str().unwrap(), "--lang", lang];
    let mut terminal = Terminal::start(folder, &arguments);
    open_and_type(&mut terminal, lang);
    terminal
}

fn open_and_type(terminal: &mut Terminal, lang: &str) {
    let form = form_title(lang);
    terminal.shows("1").send("1").send("n").shows(form);
    terminal.send("Yongxing").shows("Yongxing");
}

fn form_title(lang: &str) -> &'static str {
    let lang = if lang == "en" { Lang::En } else { Lang::Zh };
    gendan::text::words::FORM_NEW_ORDER.text(lang)
}

/// What the file holds as drafts.
fn drafts(folder: &Path) -> Vec<String> {
    use gendan::store::{Access, Store};
    let clock = crate::support::clock(crate::support::MONDAY);
    let store = Store::open(&folder.join("a.db"), Access::Read, clock, "").unwrap();
    let drafts = store.drafts().unwrap();
    drafts.into_iter().map(|d| d.fields).collect()
}

/// The log and its index are gone after an end in order.
fn is_closed(folder: &Path) -> bool {
    let beside = |tail: &str| folder.join(format!("a.db{tail}")).exists();
    !beside("-wal") && !beside("-shm")
}

#[test]
fn a_kill_in_the_middle_of_a_field_leaves_a_draft_that_the_next_start_offers() {
    for lang in ["zh-CN", "en"] {
        let folder = tempfile::tempdir().unwrap();
        let mut terminal = typing(folder.path(), lang);
        // Nothing more is typed, the field is not left: the draft is there all the same.
        let deadline = std::time::Instant::now() + HANG;
        while !drafts(folder.path()).iter().any(|d| d.contains("Yongxing")) {
            assert!(std::time::Instant::now() < deadline, "no draft");
            std::thread::yield_now();
        }
        // A field that is left is kept before the next one has the keys.
        terminal.send("\t").shows("2/");
        terminal.send("PO-4711\t").shows("3/");
        terminal.signal(rustix::process::Signal::KILL);
        terminal.end();
        let file = folder.path().join("a.db");
        let arguments = ["--db", file.to_str().unwrap(), "--lang", lang];
        let mut again = Terminal::start(folder.path(), &arguments);
        let offer = gendan::text::shell::DRAFTS_FOUND;
        let offer = offer.text(if lang == "en" { Lang::En } else { Lang::Zh });
        let offer: String = offer.chars().take(8).collect();
        again.shows(&offer).shows(form_title(lang)).send("\r");
        again.shows("Yongxing").shows("PO-4711");
        again.signal(rustix::process::Signal::TERM);
        assert_eq!(again.end(), (143, true));
    }
}

#[test]
fn every_signal_that_ends_keeps_the_draft_closes_the_file_and_has_its_code() {
    use rustix::process::Signal;
    let ends = [
        (Signal::HUP, 129),
        (Signal::INT, 130),
        (Signal::QUIT, 131),
        (Signal::TERM, 143),
    ];
    for (signal, code) in ends {
        let folder = tempfile::tempdir().unwrap();
        let terminal = typing(folder.path(), "en");
        // Twice at once, as a system that goes down sends them.
        terminal.signal(signal);
        terminal.signal(signal);
        let (ended, restored) = terminal.end();
        assert_eq!(ended, code);
        assert_eq!(restored, signal != Signal::HUP, "{code}");
        assert!(is_closed(folder.path()), "{code}");
        assert!(drafts(folder.path())[0].contains("Yongxing"), "{code}");
    }
}

#[test]
fn a_stop_gives_the_terminal_back_and_going_on_takes_it_with_its_new_size() {
    use rustix::process::Signal;
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = typing(folder.path(), "en");
    terminal.signal(Signal::TSTP);
    terminal.wait("the main screen", |seen, _| {
        seen.bytes.ends_with(b"\x1b[?1049l")
    });
    // Who is stopped may never be continued.
    assert!(drafts(folder.path())[0].contains("Yongxing"));
    terminal.resize(90, 26);
    terminal.go_on("Yongxing");
    // A storm of sizes ends in the last one.
    for width in (60..120).rev() {
        terminal.resize(width, 20);
    }
    terminal.resize(84, 24).shows("Yongxing");
    terminal.send(" Ltd").shows("Yongxing Ltd");
    // Stopped again, and ended while it is stopped.
    terminal.signal(Signal::TSTP);
    terminal.wait("the main screen", |seen, _| {
        seen.bytes.ends_with(b"\x1b[?1049l")
    });
    terminal.signal(Signal::TERM);
    terminal.go_on("never shown");
    assert_eq!(terminal.end(), (143, true));
    // Whoever only reads may not clear the log away: closed is asked first.
    assert!(is_closed(folder.path()));
    assert!(drafts(folder.path())[0].contains("Yongxing Ltd"));
}

#[test]
fn control_c_asks_in_a_form_and_ends_when_it_comes_twice() {
    for lang in ["zh-CN", "en"] {
        let folder = tempfile::tempdir().unwrap();
        let mut terminal = typing(folder.path(), lang);
        let asked = gendan::text::shell::ASK_QUIT_FORM;
        let asked = asked.text(if lang == "en" { Lang::En } else { Lang::Zh });
        let asked: String = asked.chars().take(5).collect();
        terminal.send("\x03").shows(&asked);
        // Another key right behind would make it one with Alt.
        terminal.send("\x1b");
        terminal.wait("the form alone", |_, screen| {
            !screen.contents().contains(&asked)
        });
        terminal.send("!").shows("Yongxing!");
        terminal.send("\x03").shows(&asked);
        terminal.send("\x03");
        assert_eq!(terminal.end(), (0, true));
        assert!(is_closed(folder.path()));
        assert!(drafts(folder.path())[0].contains("Yongxing!"));
    }
}

#[test]
fn a_terminal_that_vanishes_without_a_signal_ends_the_program_with_its_draft() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.db");
    let mut command = CommandBuilder::new("sh");
    // The hang-up goes to the shell alone, which does not hand it on.
    command.args(["-c", "trap '' HUP; \"$0\" --db \"$1\" --lang en; exit $?"]);
    command.args([env!("CARGO_BIN_EXE_gendan"), file.to_str().unwrap()]);
    let mut terminal = Terminal::run(folder.path(), command);
    open_and_type(&mut terminal, "en");
    assert_eq!(terminal.vanish("x"), 129);
    assert!(is_closed(folder.path()));
    assert!(drafts(folder.path())[0].contains("Yongxing"));
}

#[test]
fn without_a_terminal_that_can_show_them_the_screens_say_so_and_open_nothing() {
    for (lang, input, output, kind) in [
        ("zh-CN", "输入不是终端", "输出不是终端", "不能定位文字"),
        ("en", "input is none", "output is none", "cannot place text"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.db");
        let gendan = env!("CARGO_BIN_EXE_gendan");
        let arguments = ["--db", file.to_str().unwrap(), "--lang", lang];
        let run = std::process::Command::new(gendan)
            .args(arguments)
            .env("TERM", "xterm")
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap();
        assert_eq!(run.status.code(), Some(1));
        assert!(run.stdout.is_empty());
        let said = String::from_utf8(run.stderr).unwrap();
        assert!(
            said.contains(input) && said.contains("gendan list"),
            "{said}"
        );
        assert_eq!(said.lines().count(), 1);
        let in_shell = |script: &str, term: &str| {
            let mut command = CommandBuilder::new("sh");
            command.args(["-c", script, gendan]);
            command.args(arguments);
            command.env("TERM", term);
            let terminal = Terminal::run(folder.path(), command);
            let (lock, wake) = &*terminal.seen;
            let ended = wake
                .wait_timeout_while(lock.lock().unwrap(), HANG, |(seen, _)| !seen.ended)
                .unwrap();
            drop(ended);
            let said = terminal.text();
            assert!(!said.contains('\x1b'), "{said}");
            (terminal.end().0, said)
        };
        let (code, said) = in_shell("\"$0\" \"$@\" > /dev/null", "xterm");
        assert!(code == 1 && said.contains(output), "{said}");
        let (code, said) = in_shell("exec \"$0\" \"$@\"", "dumb");
        assert!(code == 1 && said.contains(kind), "{said}");
        let (code, said) = in_shell("unset TERM; exec \"$0\" \"$@\"", "xterm");
        assert!(code == 1 && said.contains(kind), "{said}");
        assert!(!file.exists(), "and nothing was made");
    }
}

/// Names the folder of a program that is going to panic.
const CRASHING: &str = "GENDAN_CRASHING_FOLDER";

/// The screens with a page on top that counts beyond what a number holds at the next key; only
/// where the test below starts it in a terminal.
#[test]
fn a_program_that_will_panic() {
    use gendan::app::{App, run};
    use gendan::overlay::Overlay;
    use gendan::overlay::sheet::Sheet;
    use gendan::panel::Listing;
    use gendan::store::{Access, Store};
    use gendan::theme::Styles;
    let Ok(folder) = std::env::var(CRASHING) else {
        return;
    };
    let folder = Path::new(&folder);
    let clock = crate::support::clock(crate::support::MONDAY);
    let store = Store::open(&folder.join("a.db"), Access::Write, clock, "").unwrap();
    let mut app = App::new(store, Lang::En, Styles::standard()).unwrap();
    app.keep = gendan::store::Keep::OFF;
    app.on(key('1'));
    app.on(key('n'));
    "Yongxing".chars().for_each(|c| app.on(key(c)));
    let mut sheet = Sheet::read("About to fail", Listing::default());
    sheet.selected = usize::MAX;
    app.overlays.push(Overlay::Sheet(Box::new(sheet)));
    let ended = run::run(app, folder.to_owned()).unwrap();
    println!("\r\nreport: {:?}", ended.failed.unwrap().unwrap());
    std::process::exit(ended.code.into());
}

fn key(c: char) -> gendan::tui::input::Input {
    let event = crossterm::event::KeyEvent::from(crossterm::event::KeyCode::Char(c));
    gendan::tui::input::Input::Key(event)
}

#[test]
fn a_panic_gives_the_terminal_back_keeps_the_draft_closes_the_file_and_names_its_report() {
    // Numbers wrap without a word where overflow is not checked.
    if !cfg!(debug_assertions) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args([
        "--exact",
        "terminal::a_program_that_will_panic",
        "--nocapture",
    ]);
    command.env(CRASHING, folder.path());
    let mut terminal = Terminal::run(folder.path(), command);
    terminal.shows("About to fail").send("\x1b[B");
    terminal.shows("report: ");
    let text = terminal.text();
    let gone = text.rfind("\x1b[?1049l").unwrap();
    let said = &text[gone..];
    assert!(
        said.contains("panic-") && !said.contains("RUST_BACKTRACE"),
        "{said}"
    );
    assert_eq!(terminal.end(), (101, true));
    assert!(is_closed(folder.path()));
    assert!(drafts(folder.path())[0].contains("Yongxing"));
    let reports = std::fs::read_dir(folder.path()).unwrap();
    let reports: Vec<_> = reports.map(|e| e.unwrap().path()).collect();
    let report = reports
        .iter()
        .find(|p| p.to_string_lossy().contains("panic-"));
    let report = std::fs::read_to_string(report.unwrap()).unwrap();
    assert!(report.contains("overflow"), "{report}");
}

/// What PuTTY, rxvt, the Linux console, screen and tmux send for the same keys.
#[test]
fn every_spelling_of_a_key_acts_and_a_paste_as_keys_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(folder.path(), &["--demo", "--lang", "en"]);
    terminal.shows("SO-0110").send("1").shows("/13");
    let keys = [
        ("\x1b[4~", "13/13"),
        ("\x1b[1~", " 1/13"),
        ("\x1b[8~", "13/13"),
        ("\x1b[7~", " 1/13"),
        ("\x1bOB", " 2/13"),
        ("\x1b[B", " 3/13"),
        ("\x1bOA", " 2/13"),
        ("\x1b[A", " 1/13"),
        ("\x1bOF", "13/13"),
        ("\x1bOH", " 1/13"),
        ("\x1b[F", "13/13"),
        ("\x1b[H", " 1/13"),
    ];
    for (bytes, position) in keys {
        terminal.send(bytes).shows(position);
    }
    for help in ["\x1bOP", "\x1b[11~", "\x1b[[A"] {
        terminal.send(help).shows("Esc back").send("\x1b");
        terminal.wait("the page is gone", |_, s| {
            !s.contents().contains("Esc back")
        });
    }
    for (bytes, open) in [("\x1b[14~", '3'), ("\x1b[12~", '1'), ("\x1bOS", '3')] {
        terminal.send(bytes);
        terminal.wait("the stage is open", |_, s| {
            (0..99).any(|x| {
                let is = |x: u16| s.cell(0, x).filter(|c| c.inverse());
                is(x).is_some_and(|c| c.contents().starts_with(open))
            })
        });
    }
    terminal
        .send("Please cancel X\rand R it all.\r")
        .shows("looks like a paste");
    terminal.send("q").shows("Enter").send("\r");
    assert_eq!(terminal.end(), (0, true));
}
