//! What is typed while the window changes its size, or after a sequence that was cut off, is
//! answered at once and not with the next key.

use gendan::text::Lang;
use gendan::text::shell::TOO_SMALL;

use super::Terminal;

fn on_the_demo(folder: &std::path::Path) -> Terminal {
    let mut terminal = Terminal::start(folder, &["--demo", "--lang", "en"]);
    terminal.shows("SO-0110");
    terminal
}

#[test]
fn a_key_and_a_new_size_at_the_same_time_are_both_seen() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = on_the_demo(folder.path());
    terminal.send("/");
    for round in 0..120_u16 {
        let (cols, rows) = (100 + round % 3, 30 + round % 2);
        let word = format!("q{round:03}");
        terminal.resize(cols, rows);
        // The shift makes key and signal meet in every order.
        for spin in 0..u32::from(round) * 60 {
            std::hint::black_box(spin);
        }
        terminal.send(&word).shows(&word);
        terminal.send("\x15");
    }
    terminal.send("\x1b\x1bq").shows("Leave").send("\r");
    assert_eq!(terminal.end(), (0, true));
}

#[test]
fn a_new_size_after_half_a_sequence_is_drawn_without_another_key() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = on_the_demo(folder.path());
    let small = TOO_SMALL.text(Lang::En).chars().take(4);
    let small: String = small.collect();
    // A key before it in the same read is not held back either.
    terminal.send("1\x1b[").shows("HH-77342");
    terminal.resize(20, 5).shows(&small);
    terminal.resize(101, 31).shows("HH-77342");
    // The rest of the sequence: the arrow up, no letter.
    terminal.send("A").send("q").shows("Leave").send("\r");
    assert_eq!(terminal.end(), (0, true));
}
