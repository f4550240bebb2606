//! `gendan config`: the settings file written, checked, shown; and the settings read at a start.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::Subcommand;

use super::Failure;
use super::data::{print, say};
use crate::app::keymap::Keymap;
use crate::config::themes::{self, Named};
use crate::config::{self, Config, Fault, Place, Source, Wrong};
use crate::paths::{Paths, keep_private};
use crate::text::{Lang, Word, config as words, word};

/// What is done with the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
pub(super) enum What {
    /// Write a commented settings file; one that is there stays
    Init,
    /// Name all that is wrong with settings, themes and key map
    Check,
    /// Show the settings in force and where each comes from
    Show,
    /// Say where the settings file is
    Path,
}

/// The settings with everything that belongs to them, and all that is wrong.
pub(super) struct Read {
    pub(super) config: Config,
    pub(super) themes: Vec<Named>,
    pub(super) keymap: Keymap,
    pub(super) faults: Vec<Fault>,
}

/// The folder of the settings.
fn folder(paths: &Paths) -> PathBuf {
    let folder = paths.config.parent();
    folder.map(PathBuf::from).unwrap_or_default()
}

/// Reads the settings, the themes and the key map of the user.
pub(super) fn read(paths: &Paths) -> Read {
    let variable = |name: &str| std::env::var(name).ok();
    let mut unread = Vec::new();
    let text = config::read_file(&paths.config).unwrap_or_else(|fault| {
        unread.push(*fault);
        None
    });
    let (config, faults) = Config::read(&paths.config, &text.unwrap_or_default(), &variable);
    unread.extend(faults);
    let (themes, faults) = themes::all(&folder(paths).join("themes"));
    unread.extend(faults);
    let (mut keymap, _) = Keymap::built_in();
    let file = config.keymap(&folder(paths));
    match config::read_file(&file) {
        Ok(Some(text)) => unread.extend(keymap.lay_over(&file, &text)),
        Ok(None) if config.get("keymap").1 != Source::Default => {
            let wrong = Wrong::NotRead(std::io::ErrorKind::NotFound.to_string());
            unread.push(Fault::new(&file, Place::File, wrong));
        }
        Ok(None) => {}
        Err(fault) => unread.push(*fault),
    }
    let known: Vec<String> = themes.iter().map(|t| t.name.clone()).collect();
    let (name, source) = config.get("theme");
    if !known.iter().any(|k| k == name) {
        let wrong = Wrong::NoTheme {
            name: name.to_owned(),
            known,
        };
        let (file, place) = match source {
            Source::File(line) => (paths.config.clone(), Place::Line(line)),
            Source::Variable(name) => (PathBuf::new(), Place::Variable(name)),
            Source::Default | Source::Argument => (paths.config.clone(), Place::File),
        };
        unread.push(Fault::new(&file, place, wrong));
    }
    Read {
        config,
        themes,
        keymap,
        faults: unread,
    }
}

const WROTE: Word = word("已写好 {0}", "Wrote {0}");
const THERE: Word = word(
    "{0} 已经有了，没有改动；要重写先改名或删掉。",
    "{0} is there already and was left as it is; rename or delete it to have a new one.",
);
const CANNOT: Word = word("写不了 {0}：{1}", "Cannot write {0}: {1}");
const RIGHT: Word = word("没有不对的。", "Nothing is wrong.");
const WRONG: Word = word("{0} 处不对。", "{0} wrong.");

/// Runs a sub-command.
pub(super) fn run(what: What, paths: &Paths, read: &Read, lang: Lang) -> Result<(), Failure> {
    match what {
        What::Path => print(&format!("{}\n", paths.config.display())),
        What::Show => print(&words::show(&read.config, lang)),
        What::Init => init(paths, lang),
        What::Check if read.faults.is_empty() => {
            say(RIGHT.text(lang));
            Ok(())
        }
        What::Check => {
            let lines = read.faults.iter().map(|f| words::fault(f, lang) + "\n");
            print(&lines.collect::<String>())?;
            Err(Failure(WRONG.fill(lang, &[&read.faults.len().to_string()])))
        }
    }
}

fn init(paths: &Paths, lang: Lang) -> Result<(), Failure> {
    let path = &paths.config;
    let named = path.display().to_string();
    let cannot = |e: std::io::Error| Failure(CANNOT.fill(lang, &[&named, &e.to_string()]));
    let folder = folder(paths);
    if !folder.as_os_str().is_empty() {
        let new = !folder.exists();
        fs::create_dir_all(&folder).map_err(cannot)?;
        if new {
            keep_private(&folder);
        }
    }
    // Refuses where the file is there, also one that appeared a moment ago.
    let mut file = match fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
    {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            return Err(Failure(THERE.fill(lang, &[&named])));
        }
        Err(error) => return Err(cannot(error)),
    };
    keep_private(path);
    file.write_all(words::template(lang).as_bytes())
        .map_err(cannot)?;
    say(&WROTE.fill(lang, &[&named]));
    Ok(())
}
