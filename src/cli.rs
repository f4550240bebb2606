//! The command line: the same functions as the screens, for scripts and other programs.
//!
//! Standard output is data, standard error is words. Exit 0: done, 1: refused or failed, with one
//! clear sentence, 2: wrong usage.

mod config;
mod data;
mod joined;
mod lists;
mod reports;
mod sheets;
mod shelf;
mod sound;
mod terminal;

use std::io::Write;
use std::path::PathBuf;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use crate::app::App;
use crate::app::reports::Folder;
use crate::app::run;
use crate::app::setup::Setup;
use crate::clock::Clock;
use crate::config::{Backup, Config, SafeJournal, Source};
use crate::domain::moment::Moment;
use crate::paths::Paths;
use crate::store::{Access, Keep, Opening, Store, StoreError};
use crate::text::{Lang, Word, keeping, refusal, word};
use crate::theme::{Styles, Theme, ThemeName};
use crate::transfer::{json, sample, sized};

/// The program's arguments.
#[derive(Debug, Parser)]
#[command(
    name = "gendan",
    version,
    about = "跟单 Gendan: order follow-up in the terminal"
)]
pub struct Args {
    /// The data file; the user's own where none is named
    #[arg(long, global = true, value_name = "FILE", env = "GENDAN_DB")]
    db: Option<PathBuf>,
    /// The language of screens and words
    #[arg(long, global = true, value_name = "LANG", value_enum)]
    lang: Option<LangArg>,
    /// The colours: dark, light, high-contrast, 16-colour, mono, or a theme file of your own
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
    /// Open a throw-away sample factory; with --db it is kept
    #[arg(long)]
    demo: bool,
    /// Adds so many orders to the sample factory, to see how the program bears a large file
    #[arg(long, value_name = "N", requires = "demo", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    size: Option<u32>,
    /// Fixes "now", so that runs repeat
    #[arg(
        long,
        global = true,
        value_name = "DATETIME",
        env = "GENDAN_NOW",
        hide = true
    )]
    at: Option<String>,
    /// Opens the file without the right to change it
    #[arg(long)]
    read_only: bool,
    /// Goes without shared memory, as on a network folder; all sessions on a file have to
    #[arg(long, global = true)]
    safe: bool,
    /// Draws lines, bars and marks with plain characters
    #[arg(long)]
    ascii: bool,
    #[command(subcommand)]
    what: Option<What>,
}

/// A language on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LangArg {
    #[value(name = "zh-CN", alias = "zh")]
    Zh,
    #[value(name = "en")]
    En,
}

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Default)]
pub enum Format {
    #[default]
    Table,
    Csv,
    Json,
}

/// The sub-commands.
#[derive(Debug, Subcommand)]
enum What {
    /// Bring in orders or other data from files
    Import {
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        #[command(flatten)]
        how: sheets::How,
    },
    /// Write the whole file as JSON
    Export {
        #[arg(short = 'o', value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// List what the file holds
    List {
        #[arg(value_enum)]
        what: lists::ListWhat,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
        #[arg(long, value_name = "NO")]
        order: Option<String>,
        #[arg(long, value_name = "TEXT")]
        filter: Option<String>,
        #[command(flatten)]
        ask: lists::Ask,
        #[command(flatten)]
        lot: lists::Lot,
    },
    /// Schedule all released and proposed production orders
    Plan {
        #[arg(long, value_enum, default_value_t)]
        format: Format,
        /// Make the plan the accepted one
        #[arg(long)]
        accept: bool,
    },
    /// The earliest date of an order, and why
    Promise {
        order: String,
        /// Also push the order in: who would make way, and by how much
        #[arg(long)]
        rush: bool,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Write a report for a department to a file
    Report {
        #[command(flatten)]
        which: reports::Which,
    },
    /// Write a consistent copy while the file is in use
    Backup {
        /// Where to; else into NAME.backups beside the data file, with day and minute
        file: Option<PathBuf>,
    },
    /// Put a copy back; the old file is kept
    Restore {
        /// A copy, or the name of one in NAME.backups
        file: PathBuf,
    },
    /// Write, check or show the settings
    Config {
        #[command(subcommand)]
        what: config::What,
    },
    /// Check the file: what is wrong, where, and what to do
    Check {
        /// Also the journal against the rows, sums, references and states
        #[arg(long)]
        deep: bool,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Carry what can be read of a damaged file into a new one; list what is lost
    Salvage {
        damaged: PathBuf,
        #[arg(short = 'o', value_name = "NEW")]
        out: PathBuf,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Put old values of the journal into a file of their own
    Archive {
        /// Changes before this day
        #[arg(long, value_name = "DATE")]
        before: chrono::NaiveDate,
        #[arg(short = 'o', value_name = "FILE")]
        out: PathBuf,
    },
    /// Put orders on the shelf that ended long ago, or take one down again
    Shelve {
        /// Orders to which nothing has happened since; half a year ago where nothing is said
        #[arg(long, value_name = "DATE")]
        before: Option<chrono::NaiveDate>,
        /// The order to take down
        #[arg(long, value_name = "NO", conflicts_with = "before")]
        back: Option<String>,
    },
    /// Write completions for a shell
    Completions { shell: clap_complete::Shell },
}

/// What ended the program early, in the user's language.
#[derive(Debug)]
pub struct Failure(pub String);

impl Failure {
    fn of(error: &StoreError, lang: Lang) -> Self {
        Self(refusal::store(error, lang))
    }
}

/// What every sub-command needs.
#[derive(Clone)]
struct Setting {
    database: PathBuf,
    clock: Clock,
    lang: Lang,
    who: String,
    read_only: bool,
    safe: bool,
    /// How many daily copies are kept.
    keep: Keep,
}

impl Setting {
    /// Opens the file for a command. Before the first change of a day a copy is made; a copy that
    /// fails is said, and does not stop the work.
    fn open(&self, access: Access) -> Result<Store, Failure> {
        let store = self.open_quietly(access)?;
        if let Some(text) = keeping::journal(store.journal_mode(), self.lang) {
            data::say(&text);
        }
        if access == Access::Write
            && let Err(error) = store.daily_copy(self.keep)
        {
            data::say(&keeping::background(&error, self.lang));
        }
        Ok(store)
    }

    /// Opens the file and says nothing.
    fn open_quietly(&self, access: Access) -> Result<Store, Failure> {
        let failed = |e| Failure::of(&e, self.lang);
        if self.read_only && access == Access::Write {
            return Err(failed(StoreError::ReadOnly));
        }
        let how = Opening {
            safe: self.safe,
            ..Opening::with(access)
        };
        Store::open_as(&self.database, how, self.clock, &self.who).map_err(failed)
    }

    /// Opens the file to read it; a file that is not there yet is made, as the screens would.
    fn read(&self) -> Result<Store, Failure> {
        let access = if self.database.exists() {
            Access::Read
        } else {
            Access::Write
        };
        self.open(access)
    }
}

/// Runs the program; returns the exit code.
///
/// # Errors
/// One sentence for standard error.
pub fn run(args: Args) -> Result<u8, Failure> {
    let paths = Paths::of_user();
    let read = settings(&args, &paths)?;
    let lang = read.config.lang().unwrap_or_else(lang_of_user);
    let at = match &args.at {
        None => None,
        Some(text) => Some(moment(text, lang)?),
    };
    let setting = Setting {
        database: args.db.clone().unwrap_or_else(|| paths.database.clone()),
        clock: Clock::fixed_or_system(at),
        lang,
        who: std::env::var("USER")
            .or_else(|_| std::env::var("USERNAME"))
            .unwrap_or_default(),
        read_only: args.read_only,
        safe: args.safe || read.config.safe_journal() == SafeJournal::Always,
        keep: kept(read.config.backup()),
    };
    match args.what {
        None => screens(&args, &setting, &paths, read),
        Some(What::Config { what }) => config::run(what, &paths, &read, lang).map(|()| 0),
        Some(what) => command(what, &setting).map(|()| 0),
    }
}

/// How many daily copies the settings ask for.
fn kept(backup: Backup) -> Keep {
    let number = |n: u32| u16::try_from(n).unwrap_or(u16::MAX);
    Keep {
        days: number(backup.days),
        weeks: number(backup.weeks),
        months: number(backup.months),
    }
}

const NO_THEME: Word = word(
    "没有配色 {0}；有：{1}",
    "There is no theme {0}; there are: {1}",
);

/// The settings of the file and the environment, the command line over them.
fn settings(args: &Args, paths: &Paths) -> Result<config::Read, Failure> {
    let mut read = config::read(paths);
    let mut set = |name, value: &str| {
        // What the command line may say is checked before.
        let _ = read.config.set(name, value, Source::Argument);
    };
    match args.lang {
        Some(LangArg::Zh) => set("lang", Lang::Zh.code()),
        Some(LangArg::En) => set("lang", Lang::En.code()),
        None => {}
    }
    if args.ascii {
        set("symbols", "ascii");
    }
    if let Some(name) = &args.theme {
        set("theme", name);
        if !read.themes.iter().any(|theme| theme.name == *name) {
            let known: Vec<&str> = read.themes.iter().map(|t| t.name.as_str()).collect();
            let lang = read.config.lang().unwrap_or_else(lang_of_user);
            return Err(Failure(NO_THEME.fill(lang, &[name, &known.join(" ")])));
        }
    }
    Ok(read)
}

fn command(what: What, setting: &Setting) -> Result<(), Failure> {
    match what {
        What::Report { which } => reports::report(setting, &which),
        What::Import { files, how } => data::import(setting, &files, &how),
        What::Export { out } => data::export(setting, out.as_deref()),
        What::List {
            what,
            format,
            order,
            filter,
            ask,
            lot,
        } => lists::list(
            setting,
            what,
            format,
            order.as_deref(),
            filter.as_deref(),
            ask,
            &lot,
        ),
        What::Plan { format, accept } => lists::plan(setting, format, accept),
        What::Promise {
            order,
            rush,
            format,
        } => lists::promise(setting, &order, rush, format),
        What::Backup { file } => data::backup(setting, file),
        What::Restore { file } => data::restore(setting, &file),
        What::Shelve { before, back } => shelf::shelve(setting, before, back.as_deref()),
        What::Check { deep, format } => sound::check(setting, deep, format),
        What::Salvage {
            damaged,
            out,
            format,
        } => sound::salvage(setting, &damaged, &out, format),
        What::Archive { before, out } => sound::archive(setting, before, &out),
        // It needs no data file and was run before.
        What::Config { .. } => Ok(()),
        What::Completions { shell } => {
            clap_complete::generate(
                shell,
                &mut Args::command(),
                "gendan",
                &mut std::io::stdout(),
            );
            Ok(())
        }
    }
}

const BAD_MOMENT: Word = word(
    "“{0}”不是时间，请写成 2026-11-23T08:00。",
    "“{0}” is no date and time; write 2026-11-23T08:00.",
);
const FAILED: Word = word(
    "程序出错，已结束。数据都在，没有保存的表单已存为草稿。出错报告：{0}",
    "The program failed and has ended. Your data are safe, forms not saved are kept as drafts. Report: {0}",
);
const FAILED_UNREPORTED: Word = word(
    "程序出错，已结束。数据都在，没有保存的表单已存为草稿。出错报告写不下来。",
    "The program failed and has ended. Your data are safe, forms not saved are kept as drafts. No report could be written.",
);
const NO_TERMINAL: Word = word(
    "打不开终端：{0}。屏幕要在终端里打开；在脚本里请用 gendan list 等命令。",
    "Cannot use the terminal: {0}. The screens need one; in scripts use gendan list and the like.",
);

fn moment(text: &str, lang: Lang) -> Result<Moment, Failure> {
    let day = || text.parse().ok().map(Moment::start_of);
    Moment::parse(text)
        .or_else(day)
        .ok_or_else(|| Failure(BAD_MOMENT.fill(lang, &[text])))
}

/// Chinese where the system speaks Chinese or says nothing; English elsewhere.
fn lang_of_user() -> Lang {
    match sys_locale::get_locale() {
        Some(locale) if !locale.starts_with("zh") && locale != "C" && locale != "POSIX" => Lang::En,
        _ => Lang::Zh,
    }
}

fn screens(
    args: &Args,
    setting: &Setting,
    paths: &Paths,
    read: config::Read,
) -> Result<u8, Failure> {
    terminal::check(setting.lang)?;
    // A throw-away factory lives in a folder that goes with the program.
    let folder = if args.demo && args.db.is_none() {
        Some(throw_away()?)
    } else {
        None
    };
    let database = folder
        .as_ref()
        .map_or_else(|| setting.database.clone(), |f| f.path().join("demo.db"));
    let access = if args.read_only {
        Access::Read
    } else {
        Access::Write
    };
    let fresh = !database.exists();
    let setting = Setting {
        database,
        ..setting.clone()
    };
    let mut store = setting.open_quietly(access)?;
    if args.demo && fresh {
        fill_with_sample(&mut store, &setting)?;
        enlarge(&mut store, &setting, args.size.unwrap_or(0))?;
    }
    let styles = Styles::new(&Theme::default(), read.config.symbols());
    let mut app =
        App::new(store, setting.lang, styles).map_err(|e| Failure::of(&e, setting.lang))?;
    // A throw-away factory needs no copies.
    app.keep = folder.as_ref().map_or(setting.keep, |_| Keep::OFF);
    // Where it cannot be made, reports of a crash are not kept; that is no reason not to work.
    let _ = crate::paths::make_private_folder(&paths.state);
    app.keymap = read.keymap;
    let setup = Setup {
        theme: theme(&read.config, std::env::var("NO_COLOR").ok().as_deref()),
        themes: read.themes,
        mouse: read.config.mouse(),
    };
    app.take_setup(setup, &read.faults);
    if first_start(&read.config, args, &paths.state) {
        app.start_tour();
    }
    app.report_folder = Folder::kept_in(paths.state.join("report-folder"));
    if let Some(folder) = read.config.report_folder() {
        app.report_folder.propose(folder);
    }
    let ended = run::run(app, paths.state.clone())
        .map_err(|e| Failure(NO_TERMINAL.fill(setting.lang, &[&e.to_string()])))?;
    if let Some(report) = ended.failed {
        let place = match &report {
            Some(report) => FAILED.fill(setting.lang, &[&report.display().to_string()]),
            None => FAILED_UNREPORTED.text(setting.lang).to_owned(),
        };
        // A closed standard error leaves nothing to say it on.
        let _ = writeln!(std::io::stderr(), "gendan: {place}");
    }
    Ok(ended.code)
}

/// The theme to start with: the environment's `NO_COLOR` goes before the file, not before a theme
/// that the environment or the command line names.
fn theme(config: &Config, no_color: Option<&str>) -> String {
    let (name, source) = config.get("theme");
    let named = matches!(source, Source::Variable(_) | Source::Argument);
    if named {
        return name.to_owned();
    }
    let mono = ThemeName::Mono;
    if ThemeName::default().under_no_color(no_color) == mono {
        return mono.code().to_owned();
    }
    name.to_owned()
}

/// Whether this is the first start of this user; remembered at once, so that there is no second.
///
/// A fixed "now" tells of a script, which sees the tour only where the environment asks for it.
fn first_start(config: &Config, args: &Args, state: &std::path::Path) -> bool {
    let asked = matches!(config.get("tour").1, Source::Variable(_));
    let seen = state.join("tour-seen");
    if !config.tour() || (args.at.is_some() && !asked) || seen.exists() {
        return false;
    }
    // Where it cannot be remembered it is shown again, which does no harm.
    let made = std::fs::create_dir_all(state);
    let _ = made.and_then(|()| std::fs::write(seen, ""));
    true
}

fn throw_away() -> Result<tempfile::TempDir, Failure> {
    crate::paths::temp_folder().map_err(|e| Failure(e.to_string()))
}

/// Adds orders; says how far it is where somebody looks.
fn enlarge(store: &mut Store, setting: &Setting, size: u32) -> Result<(), Failure> {
    use std::io::{IsTerminal, Write};
    let size = usize::try_from(size).unwrap_or(0);
    let watched = std::io::stderr().is_terminal();
    let told = |done: usize| {
        if watched {
            // Nobody reads it any more where it cannot be written.
            let _ = write!(std::io::stderr(), "\r{done}/{size}");
        }
    };
    sized::fill(store, size, sized::LIVE_MAX, &told).map_err(|e| Failure::of(&e, setting.lang))
}

fn fill_with_sample(store: &mut Store, setting: &Setting) -> Result<(), Failure> {
    let text = sample::sample(setting.clock.now());
    let first = |errors: Vec<json::JsonError>| {
        Failure(
            errors
                .first()
                .map(|e| e.say(setting.lang))
                .unwrap_or_default(),
        )
    };
    let file = json::parse(&text).map_err(first)?;
    json::bring(store, &file, "").map_err(|e| data::import_failure(&e, setting.lang))?;
    Ok(())
}
