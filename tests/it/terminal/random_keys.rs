//! Random keys at random sizes in the built program: no failure, no growth, and a sound file.
//!
//! A hundred or so by default; `GENDAN_FAULTS=full` presses 20,000 in each language, which takes
//! about ten minutes. Both print how many, and what the program held in memory.

use super::{PtySize, Terminal};
use crate::command_line::{run, said};
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

/// The frame that is written whole begins so.
const WHOLE: &[u8] = b"\x1b[H\x1b[2J";

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
    fn answers(&mut self) -> bool {
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
        assert!(!hangs, "hangs:\n{}", state.1.screen().contents());
        !state.0.ended
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
    let keys = if full { 20_000 } else { 150 };
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
    let mut random = Dice(seed);
    let mut terminal = start(true);
    let (mut left, mut resized) = (0, 0);
    // Of the program that runs now: what it held first, and at most.
    let (mut first, mut most) = (None, 0);
    let mut growth: f64 = 1.0;
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
        let sent = token(&mut random);
        let _ = terminal.writer.write_all(sent.as_bytes());
        if pressed % 8 != 7 {
            continue;
        }
        if !terminal.answers() {
            let status = terminal.child.wait().unwrap();
            assert_eq!(status.exit_code(), 0, "after {pressed} keys");
            left += 1;
            terminal = start(false);
            (first, most) = (None, 0);
        }
        if let Some(now) = terminal.memory() {
            most = most.max(now);
            // What a start needs, its plan included, is there after some hundred keys.
            if pressed % 800 == 799 && first.is_none() {
                first = Some(most);
            }
            if let Some(first) = first {
                growth = growth.max(most as f64 / first as f64);
            }
        }
    }
    terminal.signal(rustix::process::Signal::TERM);
    let status = terminal.child.wait().unwrap();
    assert!([0, 143].contains(&status.exit_code()), "{status:?}");
    let checked = run(folder.path(), &["--db", db, "check", "--deep"]);
    assert!(checked.status.success(), "{}", said(&checked));
    assert!(growth < 2.0, "memory grew {growth:.2} times");
    println!(
        "random keys ({code}): {keys} pressed, {resized} sizes, left {left} times, \
         memory at most {growth:.2} times that after the first keys"
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
