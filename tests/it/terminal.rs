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

const HANG: Duration = Duration::from_secs(60);

#[derive(Default)]
struct Seen {
    bytes: Vec<u8>,
    ended: bool,
}

struct Terminal {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<(Mutex<(Seen, vt100::Parser)>, Condvar)>,
}

impl Terminal {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let size = PtySize {
            rows: 30,
            cols: 100,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_gendan"));
        command.args(arguments);
        command.env("GENDAN_NOW", "2026-11-23T08:00");
        command.env("TERM", "xterm-256color");
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
                if n == 0 {
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
            && last("\x1b[?2004h", "\x1b[?2004l");
        drop(state);
        (self.child.wait().unwrap().exit_code(), restored)
    }
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
