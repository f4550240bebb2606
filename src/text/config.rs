//! The words of the settings: what each key is for, what is wrong, the file that is written first.

use super::word::{Lang, Word, word};
use crate::config::{Allowed, Config, Fault, KEYS, Key, Place, Source, Wrong};

/// What a key is for.
#[must_use]
pub fn about(key: &str) -> Word {
    match key {
        "lang" => word(
            "屏幕和文字的语言；auto 随系统",
            "language of screens and words; auto: that of the system",
        ),
        "theme" => word(
            "配色：dark、light、high-contrast、16-colour、mono，或本文件旁 themes 文件夹里某个 .toml 的名字",
            "colours: dark, light, high-contrast, 16-colour, mono, or the name of a .toml file in the folder themes beside this file",
        ),
        "symbols" => word(
            "线、条、标记的字符；终端把它们画成两格宽或显示不出时用 ascii",
            "characters of lines, bars and marks; ascii where the terminal draws them two cells wide or not at all",
        ),
        "mouse" => word(
            "开始时接不接鼠标点击；接的时候终端自己的选字不起作用（Ctrl-O 随时切换）",
            "whether clicks come to the program from the start; while they do the terminal selects no text itself (Ctrl-O switches)",
        ),
        "tour" => word(
            "第一次打开时是否走一遍六步导览",
            "whether the tour of six steps is shown at the first start",
        ),
        "keymap" => word(
            "自己的按键文件；写文件名，从本文件所在的文件夹算起",
            "your own key map; a relative name counts from the folder of this file",
        ),
        "report_folder" => word(
            "报表先放到哪个文件夹；空着就用上次的",
            "folder in which reports are proposed; empty: that of the last report",
        ),
        "safe_journal" => word(
            "网络文件夹里也可靠的日志方式；auto 认得出网络文件夹时才用",
            "the journal that also holds in network folders; auto: where the folder is known to be one",
        ),
        "backup.days" => word(
            "每天一份的备份留几天",
            "days for which a copy a day is kept",
        ),
        "backup.weeks" => word(
            "每周一份的备份留几周",
            "weeks for which a copy a week is kept",
        ),
        "backup.months" => word(
            "每月一份的备份留几个月",
            "months for which a copy a month is kept",
        ),
        _ => word("？", "?"),
    }
}

const HEAD: Word = word(
    "跟单的设置。去掉行首的 # 就生效；命令行先于环境变量，环境变量先于本文件。",
    "Settings of Gendan. Take the # away to set a key; the command line goes before the environment, the environment before this file.",
);
const CHECK_WITH: Word = word(
    "改完用 gendan config check 检查。",
    "gendan config check says what is wrong.",
);
const ALLOWED: Word = word("可填：{0}", "one of: {0}");
const WHOLE: Word = word("整数 {0} 到 {1}", "a whole number, {0} to {1}");
const TEXT: Word = word("一行文字", "text of one line");

/// What a key may hold, in words.
#[must_use]
pub fn allowed(allowed: Allowed, lang: Lang) -> String {
    match allowed {
        Allowed::Codes(codes) => codes.join(lang_comma(lang)),
        Allowed::Whole(least, most) => WHOLE.fill(lang, &[&least.to_string(), &most.to_string()]),
        Allowed::Text => TEXT.text(lang).to_owned(),
    }
}

const fn lang_comma(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    }
}

/// The file that `gendan config init` writes: every key with its default, all of it commented out.
#[must_use]
pub fn template(lang: Lang) -> String {
    let mut out = format!("# {}\n# {}\n", HEAD.text(lang), CHECK_WITH.text(lang));
    for key in KEYS {
        let may = match key.allowed {
            Allowed::Codes(_) => ALLOWED.fill(lang, &[&allowed(key.allowed, lang)]),
            Allowed::Whole(..) | Allowed::Text => allowed(key.allowed, lang),
        };
        out.push_str(&format!(
            "\n# {}\n# {may}\n#{} = {}\n",
            about(key.name).text(lang),
            key.name,
            toml_value(key, key.default)
        ));
    }
    out
}

fn toml_value(key: &Key, value: &str) -> String {
    match key.allowed {
        Allowed::Whole(..) => value.to_owned(),
        Allowed::Codes(_) | Allowed::Text => toml::Value::from(value).to_string(),
    }
}

const FROM_DEFAULT: Word = word("默认", "default");
const FROM_FILE: Word = word("文件第 {0} 行", "file, line {0}");
const FROM_VARIABLE: Word = word("环境变量 {0}", "variable {0}");
const FROM_ARGUMENT: Word = word("命令行", "command line");

/// The settings in force, each with where it comes from; is a settings file itself.
#[must_use]
pub fn show(config: &Config, lang: Lang) -> String {
    let line = |key: &Key| {
        let (value, source) = config.get(key.name);
        let from = match source {
            Source::Default => FROM_DEFAULT.text(lang).to_owned(),
            Source::File(line) => FROM_FILE.fill(lang, &[&line.to_string()]),
            Source::Variable(name) => FROM_VARIABLE.fill(lang, &[name]),
            Source::Argument => FROM_ARGUMENT.text(lang).to_owned(),
        };
        format!("{} = {}  # {from}\n", key.name, toml_value(key, value))
    };
    KEYS.iter().map(line).collect()
}

const AT_LINE: Word = word("{0} 第 {1} 行：{2}", "{0}, line {1}: {2}");
const AT_FILE: Word = word("{0}：{1}", "{0}: {1}");
const AT_VARIABLE: Word = word("环境变量 {0}：{1}", "variable {0}: {1}");

/// A fault as one sentence with its place.
#[must_use]
pub fn fault(fault: &Fault, lang: Lang) -> String {
    let said = wrong(&fault.wrong, lang);
    let name = fault.file.file_name().unwrap_or_default().to_string_lossy();
    match fault.place {
        Place::File => AT_FILE.fill(lang, &[&name, &said]),
        Place::Line(line) => AT_LINE.fill(lang, &[&name, &line.to_string(), &said]),
        Place::Variable(variable) => AT_VARIABLE.fill(lang, &[variable, &said]),
    }
}

const NOT_READ: Word = word("读不了（{0}）", "cannot be read ({0})");
const NOT_TOML: Word = word("不是 TOML（{0}）", "no TOML ({0})");
const UNKNOWN_KEY: Word = word(
    "没有 {0} 这一项；有：{1}",
    "there is no {0}; there are: {1}",
);
const BAD_VALUE: Word = word(
    "{0} 不能是 {1}；可填：{2}",
    "{0} cannot be {1}; allowed: {2}",
);
const NO_THEME: Word = word(
    "没有配色 {0}；有：{1}",
    "there is no theme {0}; there are: {1}",
);
const BAD_COLOR: Word = word(
    "{0} 的颜色 {1} 认不得；写 light-red 这样的名字、0–255、#rrggbb 或 default",
    "{0}: {1} is no colour; write a name as light-red, 0 to 255, #rrggbb, or default",
);
const BAD_PLACE: Word = word(
    "没有 [{0}] 这一处；有：{1}",
    "there is no place [{0}]; there are: {1}",
);
const BAD_ACTION: Word = word("没有动作 {0}", "there is no action {0}");
const MEANT: Word = word("；是不是 {0}", "; is {0} meant");
const BAD_KEY: Word = word(
    "{0}：认不得按键 {1}；写字母、符号、f1 到 f12、ctrl-x、up、enter、space 等",
    "{0}: {1} is no key; write a letter or sign, f1 to f12, ctrl-x, up, enter, space and the like",
);
const NOT_KEYS: Word = word(
    "{0}：要写成按键的列表，如 [\"n\", \"f12\"]",
    "{0}: wants a list of keys such as [\"n\", \"f12\"]",
);
const CLASH: Word = word(
    "按键 {0} 在 [{1}] 里同时给了 {2} 和 {3}；{2} 得到它",
    "key {0} in [{1}] is given to both {2} and {3}; {2} has it",
);

fn wrong(wrong: &Wrong, lang: Lang) -> String {
    let list = |names: &[String]| names.join(lang_comma(lang));
    match wrong {
        Wrong::NotRead(said) => NOT_READ.fill(lang, &[said]),
        Wrong::NotToml(said) => NOT_TOML.fill(lang, &[said]),
        Wrong::UnknownKey { key, known } => UNKNOWN_KEY.fill(lang, &[key, &list(known)]),
        Wrong::Value {
            key,
            value,
            allowed: may,
        } => BAD_VALUE.fill(lang, &[key, value, &allowed(*may, lang)]),
        Wrong::NoTheme { name, known } => NO_THEME.fill(lang, &[name, &list(known)]),
        Wrong::Color { key, value } => BAD_COLOR.fill(lang, &[key, value]),
        Wrong::UnknownPlace(place) => {
            let stages = crate::domain::codes::Stage::ALL.iter().map(|s| s.code());
            let places: Vec<&str> = std::iter::once("global").chain(stages).collect();
            BAD_PLACE.fill(lang, &[place, &places.join(lang_comma(lang))])
        }
        Wrong::UnknownAction { name, near } => {
            let meant = near.map_or_else(String::new, |near| MEANT.fill(lang, &[near]));
            format!("{}{meant}", BAD_ACTION.fill(lang, &[name]))
        }
        Wrong::UnknownKeyName { action, key } => BAD_KEY.fill(lang, &[action, key]),
        Wrong::NotKeys(action) => NOT_KEYS.fill(lang, &[action]),
        Wrong::Clash {
            place,
            key,
            wins,
            loses,
        } => CLASH.fill(lang, &[key, place, wins, loses]),
    }
}

const FAULTS: Word = word(
    "设置有 {0} 处不对（gendan config check 列出）：{1}",
    "{0} wrong in the settings (gendan config check lists them): {1}",
);

/// What the status line says of the faults found at the start; none where there are none.
#[must_use]
pub fn faults(faults: &[Fault], lang: Lang) -> Option<String> {
    let first = faults.first()?;
    Some(FAULTS.fill(lang, &[&faults.len().to_string(), &fault(first, lang)]))
}

pub const THEME_IS: Word = word("配色：{0}", "Theme: {0}");
pub const MOUSE_ON: Word = word(
    "鼠标已接；再按 {0} 放开，终端又能选字复制。",
    "The mouse is ours; {0} releases it, so that the terminal selects text again.",
);
pub const MOUSE_OFF: Word = word("鼠标已放开。", "The mouse is released.");

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn the_file_written_first_holds_every_default_once_uncommented() {
        for lang in [Lang::Zh, Lang::En] {
            let text = template(lang);
            let live: String = text
                .lines()
                .map(|line| {
                    line.strip_prefix('#')
                        .filter(|l| !l.starts_with(' '))
                        .unwrap_or(line)
                })
                .map(|line| format!("{line}\n"))
                .collect();
            let (config, faults) = Config::read(Path::new("c"), &live, &|_| None);
            assert_eq!(faults, [], "{live}");
            for key in KEYS {
                assert_eq!(config.get(key.name).0, key.default, "{}", key.name);
                assert!(
                    matches!(config.get(key.name).1, Source::File(_)),
                    "{}",
                    key.name
                );
                assert_ne!(about(key.name).zh, "？", "{}", key.name);
            }
            let (config, faults) = Config::read(Path::new("c"), &text, &|_| None);
            assert_eq!((config, faults), (Config::default(), vec![]));
        }
    }

    #[test]
    fn what_is_shown_is_a_settings_file_that_reads_the_same() {
        let (config, _) = Config::read(
            Path::new("c"),
            "theme = \"my \\\"own\\\"\"\nmouse = true\n",
            &|_| None,
        );
        let (again, faults) = Config::read(Path::new("c"), &show(&config, Lang::Zh), &|_| None);
        assert_eq!(faults, []);
        for key in KEYS {
            assert_eq!(again.get(key.name).0, config.get(key.name).0);
        }
    }
}
