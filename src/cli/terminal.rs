//! Whether the screens can be shown on this terminal, and what to do where they cannot.
//!
//! Asked before the data file is opened, so that a refusal changes nothing. The commands that write
//! data never ask: their output is UTF-8 wherever it goes.

use std::io::Write;

use super::Failure;
use crate::app::run::{self, Lacking};
use crate::text::{Lang, Word, word};
use crate::tui::encoding::{self, Foreign};

const NO_INPUT: Word = word(
    "屏幕要从终端接收按键，现在的输入不是终端。请在终端里打开；在脚本里请用 gendan list、gendan import 等命令。",
    "The screens take keys from a terminal, and the input is none. Open them in a terminal; in scripts use gendan list, gendan import and the like.",
);
const NO_OUTPUT: Word = word(
    "屏幕要画在终端上，现在的输出不是终端。要数据请用 gendan list 或 gendan export。",
    "The screens are drawn on a terminal, and the output is none. For data use gendan list or gendan export.",
);
const NO_KIND: Word = word(
    "这个终端不能定位文字（TERM 是 dumb 或没有设）。换个终端，或这样打开：TERM=xterm-256color gendan；也可以用 gendan list 等命令。",
    "This terminal cannot place text (TERM is dumb or not set). Use another one, or start with TERM=xterm-256color gendan; gendan list and the like work anywhere.",
);
const ENCODING: Word = word(
    "这个终端的编码设为 {0}，屏幕要用 UTF-8，否则中文是乱码。请把终端软件设成 UTF-8，再这样打开：LC_ALL={1} gendan",
    "The terminal's encoding is set to {0}, but the screens are UTF-8 and would come out garbled. Set the terminal to UTF-8 and start with: LC_ALL={1} gendan",
);

/// Refuses where the screens cannot be shown.
pub(super) fn check(lang: Lang) -> Result<(), Failure> {
    let variable = |name: &str| std::env::var(name).ok();
    run::check_terminal(variable("TERM").as_deref()).map_err(|lacking| {
        let word = match lacking {
            Lacking::Input => NO_INPUT,
            Lacking::Output => NO_OUTPUT,
            Lacking::Kind => NO_KIND,
        };
        Failure(word.text(lang).to_owned())
    })?;
    match encoding::foreign(variable) {
        Some(foreign) => Err(Failure(garbled(&foreign, lang))),
        None => Ok(()),
    }
}

/// Says why in the terminal's own encoding where it can; what is returned is plain ASCII, which
/// every terminal shows.
fn garbled(foreign: &Foreign, lang: Lang) -> String {
    let say = |lang: Lang| ENCODING.fill(lang, &[&foreign.name, &foreign.instead]);
    if lang == Lang::Zh
        && let Some(bytes) = foreign.encode(&format!("gendan: {}\n", say(lang)))
    {
        // A closed standard error leaves nothing to say it on.
        let _ = std::io::stderr().write_all(&bytes);
    }
    say(Lang::En)
}
