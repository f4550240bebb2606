//! Random keys at random sizes in the built program: no failure, no growth, and a sound file.
//!
//! A hundred or so by default; `GENDAN_FAULTS=full` presses 500,000 in each language, which takes
//! about ten minutes; `GENDAN_SEED` is a number for other keys. Both print how many, and what the
//! program held in memory.

use std::collections::VecDeque;

use super::{PtySize, Terminal};
use crate::command_line::{out, run};
use crate::faults::Dice;

/// What one hand or one broken line may send at once.
const TOKENS: &[&str] = &[
    "\x1b[A",
    "\x1b[B",
    "\x1b[B",
    "\x1b[C",
    "\x1b[D",
    "\x1bOA",
    "\x1bOB",
    "\x1b[5~",
    "\x1b[6~",
    "\x1b[H",
    "\x1b[F",
    "\t",
    "\t",
    "\x1b[Z",
    "\r",
    "\r",
    "\x1b",
    "\x1b",
    "\x1b",
    " ",
    "\x7f",
    "\x1b[3~",
    "\x1b[2~",
    "\x1bOP",
    "\x1bOQ",
    "\x1bOR",
    "\x1bOS",
    "\x1b[15~",
    "\x1b[17~",
    "\x1b[18~",
    "\x1b[19~",
    "\x1b[20~",
    "\x1b[21~",
    "\x1b[24~",
    "\x01",
    "\x05",
    "\x06",
    "\x07",
    "\x0b",
    "\x0b4",
    "\x0b1",
    "\x0b2",
    "\x0e",
    "\x10",
    "\x12",
    "\x13",
    "\x15",
    "\x17",
    "永兴",
    "１２",
    "ｙ",
    "。",
    "🚢",
    "é",
    "\x1b[200~一\n二\t3\x1b[201~",
    "\x1b[200~=1+1\x1b[201~",
    "\x1b[<0;5;5M",
    "\x1b[<0;5;5m",
    "\x1b[<64;9;9M",
    "\x1b[I",
    "\x1b[O",
    "\x1b[1;5C",
    "\x1b[1;2A",
    "\x1b[?1;2c",
    "\x1b[",
    "\x1bO",
    "\u{9b}",
    "-",
    ".",
    "/",
    "+",
    "=",
    "12-31",
    "99999999999",
];

/// A marked paste, a report of the mouse and one of the terminal itself begin so.
const ASKED_FOR: [&str; 3] = ["\x1b[200~", "\x1b[<", "\x1b[?"];
/// The frame that is written whole begins so.
const WHOLE: &[u8] = b"\x1b[H\x1b[2J";

/// What the sample may take at most, in KiB: its plans and reports come and go.
const MEMORY_MAX: u64 = 65_536;
/// Keys after which a program has planned, and shown every panel once.
const SETTLED: u64 = 2_000;

fn token(random: &mut Dice) -> String {
    let (first, count) = match random.of(10) {
        0..4 => return TOKENS[random.of(TOKENS.len())].to_owned(),
        4..6 => (b'0', 10),
        6..9 => (b'a', 26),
        _ => (b'A', 26),
    };
    let at = u8::try_from(random.of(count)).unwrap();
    char::from(first + at).to_string()
}

impl Terminal {
    /// Asks for the whole screen and waits for it; false where the program has ended instead.
    fn answers(&mut self, after: &VecDeque<String>) -> bool {
        self.seen.0.lock().unwrap().0.bytes.clear();
        // What a sequence that was cut off still waits for comes first: three bytes at most, and a
        // last one that ends any. The program may be gone, and its terminal with it.
        let _ = self.writer.write_all(b"~~~~\x0c");
        let (lock, wake) = &*self.seen;
        let state = lock.lock().unwrap();
        let (state, timeout) = wake
            .wait_timeout_while(state, super::HANG, |(seen, _)| {
                !seen.ended && !seen.bytes.windows(WHOLE.len()).any(|at| at == WHOLE)
            })
            .unwrap();
        let hangs = timeout.timed_out();
        assert!(
            !hangs,
            "hangs after {after:?}, {}:\n{}",
            self.doing(),
            state.1.screen().contents()
        );
        !state.0.ended
    }

    /// Whether the program runs or waits, and the ticks it has run, where the system tells.
    fn doing(&self) -> String {
        let id = self.child.process_id().unwrap_or_default();
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
        let mut fields = stat.split(' ');
        let (state, ticks) = (fields.nth(2), fields.nth(10));
        format!("state {state:?}, ticks {ticks:?}")
    }

    /// Whether the program has taken the terminal, pastes to be marked among what it asked for:
    /// before, no terminal marks any or reports anything, and the line editing of the system may cut
    /// the end of such a sequence off, after which all that follows belongs to it.
    fn is_taken(&self) -> bool {
        let state = self.seen.0.lock().unwrap();
        state.1.screen().bracketed_paste()
    }

    /// Anonymous memory in KiB, where the system tells.
    fn memory(&self) -> Option<u64> {
        let id = self.child.process_id()?;
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
        let line = status.lines().find_map(|l| l.strip_prefix("RssAnon:"))?;
        line.trim().trim_end_matches(" kB").parse().ok()
    }
}

fn press(seed: u64, code: &str) {
    let full = std::env::var("GENDAN_FAULTS").is_ok_and(|v| v == "full");
    let keys: u64 = if full { 500_000 } else { 150 };
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("random.db");
    let db = db.to_str().unwrap();
    let start = |first: bool| {
        let demo: &[&str] = if first { &["--demo"] } else { &[] };
        Terminal::start(
            folder.path(),
            &[demo, &["--db", db, "--lang", code]].concat(),
        )
    };
    let sound = || {
        let checked = run(folder.path(), &["--db", db, "check", "--deep"]);
        assert!(checked.status.success(), "{}", out(&checked));
    };
    let other = std::env::var("GENDAN_SEED").ok();
    let other: u64 = other.map_or(0, |text| text.parse().unwrap());
    let mut random = Dice(seed + 2 * other);
    let mut terminal = start(true);
    let mut latest = VecDeque::new();
    let (mut left, mut resized) = (0, 0);
    // Of the program that runs now: keys pressed, what it held once it had settled, and at most.
    let (mut lived, mut first, mut most) = (0, None, 0);
    let mut held = Vec::new();
    for pressed in 0..keys {
        if random.of(30) == 0 {
            let mut one_to = |most| u16::try_from(1 + random.of(most)).unwrap();
            let (rows, cols) = (one_to(69), one_to(219));
            let size = PtySize {
                rows,
                cols,
                pixel_width: 0,
                pixel_height: 0,
            };
            let _ = terminal.master.resize(size);
            resized += 1;
        }
        let mut sent = token(&mut random);
        let asked_for = ASKED_FOR.iter().any(|begin| sent.starts_with(begin));
        if asked_for && !terminal.is_taken() {
            "p".clone_into(&mut sent);
        }
        let _ = terminal.writer.write_all(sent.as_bytes());
        latest.push_back(sent);
        if latest.len() > 64 {
            latest.pop_front();
        }
        if pressed % 8 != 7 {
            continue;
        }
        if !terminal.answers(&latest) {
            let status = terminal.child.wait().unwrap();
            assert_eq!(status.exit_code(), 0, "after {pressed} keys");
            left += 1;
            sound();
            terminal = start(false);
            (lived, first, most) = (0, None, 0);
        }
        if let Some(now) = terminal.memory() {
            lived += 8;
            most = most.max(now);
            if lived >= SETTLED && first.is_none() {
                first = Some(most);
            }
            if let Some(first) = first {
                assert!(most < MEMORY_MAX, "memory grew from {first} to {most} KiB");
                held.push((most * 100 / first, most));
            }
        }
    }
    terminal.signal(rustix::process::Signal::TERM);
    let status = terminal.child.wait().unwrap();
    assert!([0, 143].contains(&status.exit_code()), "{status:?}");
    sound();
    println!(
        "random keys ({code}): {keys} pressed, {resized} sizes, left {left} times, \
         memory at most {}% of what it was, at most {} KiB",
        held.iter().map(|h| h.0).max().unwrap_or(100),
        held.iter().map(|h| h.1).max().unwrap_or(0),
    );
}

#[test]
fn random_keys_at_random_sizes_leave_a_sound_file_in_chinese() {
    press(1, "zh-CN");
}

#[test]
fn random_keys_at_random_sizes_leave_a_sound_file_in_english() {
    press(2, "en");
}
