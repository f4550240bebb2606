//! Settings, themes and the user's keys: on the command line, on the screen, in both languages.

use std::path::Path;

use gendan::app::action::Action;
use gendan::app::keymap::Keymap;
use gendan::app::setup::Setup;
use gendan::config::{Config, Fault, KEYS, Place, themes};
use gendan::text::Lang;
use gendan::theme::{Styles, SymbolSet, Theme, ThemeName};
use ratatui::style::Color;

use crate::command_line::{out, run, said};
use crate::support::User;

const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

fn config_path(folder: &Path) -> std::path::PathBuf {
    let path = out(&run(folder, &["config", "path"]));
    path.trim().into()
}

#[test]
fn init_writes_a_private_file_once_that_checks_clean_in_both_languages() {
    for lang in ["zh-CN", "en"] {
        let folder = tempfile::tempdir().unwrap();
        let path = config_path(folder.path());
        let done = run(folder.path(), &["--lang", lang, "config", "init"]);
        assert!(done.status.success(), "{}", said(&done));
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(KEYS.iter().all(|key| text.contains(key.name)), "{text}");
        assert_eq!(text.contains("语言"), lang == "zh-CN", "{text}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |p: &Path| std::fs::metadata(p).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&path), 0o600);
            assert_eq!(mode(path.parent().unwrap()), 0o700);
        }
        let again = run(folder.path(), &["--lang", lang, "config", "init"]);
        assert_eq!(again.status.code(), Some(1));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        assert!(run(folder.path(), &["config", "check"]).status.success());
    }
}

#[test]
fn check_names_every_fault_of_all_files_with_its_line_and_nothing_else_stops() {
    let folder = tempfile::tempdir().unwrap();
    let path = config_path(folder.path());
    let home = path.parent().unwrap();
    std::fs::create_dir_all(home.join("themes")).unwrap();
    std::fs::write(
        &path,
        "lang = \"xx\"\ntheme = \"mine\"\n[backup]\ndays = -3\n",
    )
    .unwrap();
    std::fs::write(
        home.join("themes/mine.toml"),
        "base = \"light\"\nbad = \"rot\"\n",
    )
    .unwrap();
    let keys = "[global]\n\"app.jump\" = [\"u\"]\n\"app.hlep\" = [\"f1\"]\n";
    std::fs::write(home.join("keymap.toml"), keys).unwrap();
    for (lang, line) in [("zh-CN", "第 1 行"), ("en", "line 1")] {
        let done = run(folder.path(), &["--lang", lang, "config", "check"]);
        assert_eq!(done.status.code(), Some(1));
        let text = out(&done);
        assert_eq!(text.lines().count(), 5, "{text}");
        for part in [
            line,
            "xx",
            "backup.days",
            "rot",
            "app.jump",
            "app.undo",
            "app.help",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(said(&done).contains('5'), "{}", said(&done));
    }
    // Everything else goes on with the defaults.
    let done = run(folder.path(), &["config", "show"]);
    let text = out(&done);
    assert!(
        text.contains("backup.days = 7") && text.contains("theme = \"mine\""),
        "{text}"
    );
    let (shown, faults) = Config::read(Path::new("c"), &text, &|_| None);
    assert_eq!((faults, shown.theme()), (vec![], "mine"));
}

#[test]
fn a_theme_that_is_not_there_is_refused_with_those_that_are() {
    let folder = tempfile::tempdir().unwrap();
    for (lang, words) in [("zh-CN", "没有配色"), ("en", "no theme")] {
        let done = run(folder.path(), &["--lang", lang, "--theme", "pink"]);
        assert_eq!(done.status.code(), Some(1));
        let text = said(&done);
        assert!(
            text.contains(words) && text.contains("high-contrast"),
            "{text}"
        );
    }
}

#[test]
fn the_theme_is_chosen_on_the_screen_and_holds_everywhere() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        let mut setup = Setup::default();
        let (own, faults) = themes::read(Path::new("own.toml"), "accent = \"#123456\"\n");
        assert_eq!(faults, []);
        setup.themes.push(themes::Named {
            name: "own".into(),
            theme: own,
        });
        user.app.take_setup(setup, &[]);
        user.press("ctrl-k");
        let after = match lang {
            Lang::Zh => "换配色",
            Lang::En => "change colours",
        };
        assert!(user.screen().contains(after), "{}", user.screen());
        user.press("1");
        assert!(user.screen().contains("high-contrast"), "{}", user.screen());
        user.write("own").press("enter");
        assert!(user.note().contains("own"), "{}", user.note());
        assert_eq!(
            user.app.styles.accent.fg,
            Some(Color::Rgb(0x12, 0x34, 0x56))
        );
        user.press("ctrl-p").write("app.theme").press("enter");
        user.write("mono").press("enter");
        let buffer = user.buffer();
        let reset = |c: Color| c == Color::Reset;
        assert!(
            buffer
                .content
                .iter()
                .all(|cell| reset(cell.fg) && reset(cell.bg))
        );
    }
}

#[test]
fn faults_are_said_on_the_status_line_and_the_program_goes_on() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        let (_, faults) = Config::read(Path::new("config.toml"), "mouse = \"maybe\"\n", &|_| None);
        user.app.take_setup(Setup::default(), &faults);
        assert!(user.note().contains("maybe"), "{}", user.note());
        assert!(user.note().contains("config check"), "{}", user.note());
        user.press("down");
        assert!(user.screen().contains("SO-01"), "{}", user.screen());
    }
}

/// A user with a key map of his own.
fn bound(lang: Lang, text: &str) -> (User, Vec<Fault>) {
    let mut user = User::demo(lang);
    let (mut map, _) = Keymap::built_in();
    let faults = map.lay_over(Path::new("keymap.toml"), text);
    user.app.keymap = map;
    (user, faults)
}

#[test]
fn own_keys_act_and_stand_in_help_hints_and_palette() {
    for lang in BOTH {
        let text = "[intake]\n\"intake.new\" = [\"f12\", \"ctrl-k n\"]\n[global]\n\"app.filter\" = [\"f11\"]\n";
        let (mut user, faults) = bound(lang, text);
        assert_eq!(faults, []);
        user.size = (120, 40);
        user.press("1");
        let screen = user.screen();
        assert!(
            screen.contains("F12 ") && screen.contains("F11 "),
            "{screen}"
        );
        user.press("f1");
        assert!(user.screen().contains("F12"), "{}", user.screen());
        user.press("esc ctrl-p").write("intake.new");
        assert!(user.screen().contains("F12"), "{}", user.screen());
        user.press("esc n");
        assert!(!user.has_form(), "the old key is free");
        user.press("f12");
        assert!(user.has_form());
        user.press("esc ctrl-k n");
        assert!(user.has_form());
    }
}

#[test]
fn an_action_without_any_key_is_in_the_palette_and_not_among_the_hints() {
    let (mut user, faults) = bound(Lang::En, "[intake]\n\"intake.new\" = []\n");
    assert_eq!(faults, []);
    assert_eq!(user.app.keymap.key(Action::NewOrder), None);
    user.press("1");
    assert!(!user.screen().contains(" New "), "{}", user.screen());
    user.press("ctrl-p").write("intake.new").press("enter");
    assert!(user.has_form());
}

#[test]
fn a_clash_is_reported_with_place_key_and_both_names() {
    let (_, faults) = bound(Lang::Zh, "[global]\n\"app.jump\" = [\"u\"]\n");
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].place, Place::Line(2));
    for lang in BOTH {
        let text = gendan::text::config::fault(&faults[0], lang);
        for part in ["keymap.toml", "2", "u", "app.jump", "app.undo", "global"] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}

#[test]
fn no_theme_tells_a_state_by_colour_alone() {
    for name in ThemeName::ALL {
        let s = Styles::new(&Theme::named(name), SymbolSet::Unicode);
        let plain = |style: ratatui::style::Style| (style.add_modifier, style.sub_modifier);
        assert_ne!(plain(s.base), plain(s.selected), "{name:?}");
        assert_ne!(plain(s.base), plain(s.selected_idle), "{name:?}");
        assert_ne!(plain(s.tab), plain(s.tab_open), "{name:?}");
        assert_ne!(plain(s.base), plain(s.bad), "{name:?}");
        assert_ne!(s.ok, s.warn, "{name:?}");
        assert_ne!(s.warn, s.bad, "{name:?}");
    }
}

#[test]
fn a_sentence_that_names_a_key_names_the_key_of_that_action_in_that_panel() {
    use gendan::app::action::ACTIONS;
    use gendan::domain::codes::Stage::{
        Capacity, Exceptions, Intake, Materials, Progress, Schedule,
    };
    use gendan::text::{
        chasing as c, failure as f, intake as i, materials as m, picture as p, planning as n,
        review as r, shipping as s, words as w,
    };
    let (keymap, faults) = Keymap::built_in();
    assert!(faults.is_empty(), "{faults:?}");
    let sentences = [
        (w::EMPTY_INTAKE, Intake, "intake.new"),
        (w::EMPTY_INTAKE, Intake, "intake.import"),
        (w::EMPTY_DOCUMENTS, Intake, "intake.document"),
        (w::EMPTY_FACTS, Intake, "intake.facts"),
        (w::EMPTY_QUERIES, Intake, "intake.query"),
        (w::EMPTY_LINES, Intake, "intake.line"),
        (w::EMPTY_MILESTONES, Intake, "intake.milestones"),
        (i::EMPTY_SAMPLES, Intake, "intake.line"),
        (w::EMPTY_ANSWERS, Capacity, "capacity.ask"),
        (r::EMPTY_ROUNDS, Capacity, "capacity.ask"),
        (p::EMPTY_BLOCKS, Capacity, "capacity.block"),
        (w::EMPTY_EXCEPTIONS, Exceptions, "any.exception"),
        (w::EMPTY_FIGURES, Progress, "progress.day"),
        (w::EMPTY_INSPECTIONS, Progress, "progress.inspect"),
        (w::EMPTY_SHIPMENTS, Progress, "progress.ship"),
        (s::EMPTY_CARTONS, Progress, "progress.pack"),
        (s::EMPTY_PAPERS, Progress, "progress.papers"),
        (w::EMPTY_PURCHASES, Materials, "materials.buy"),
        (c::EMPTY_CHASES, Materials, "materials.buy"),
        (c::EMPTY_SUPPLIERS, Materials, "materials.buy"),
        (m::EMPTY_RESERVED, Materials, "materials.give"),
        (n::NO_BASELINES, Schedule, "schedule.accept"),
        (w::EMPTY_SCHEDULE, Schedule, "schedule.make"),
        (f::EMPTY_IMPACT, Exceptions, "exceptions.effect"),
        (f::EMPTY_OPTIONS, Exceptions, "exceptions.option"),
        (f::EMPTY_ACTIONS, Exceptions, "exceptions.action"),
        (f::EMPTY_EFFECTS, Exceptions, "exceptions.effect"),
        (f::EMPTY_EVIDENCE, Exceptions, "exceptions.evidence"),
    ];
    for (sentence, stage, name) in sentences {
        let action = ACTIONS
            .iter()
            .find(|info| info.name == name)
            .unwrap()
            .action;
        let keys: Vec<String> = keymap.keys(stage, action).map(|key| key.label()).collect();
        for lang in BOTH {
            let text = sentence.text(lang);
            // The words before a key; a letter after it would make it the start of a word.
            let named = |key: &String| {
                ["按 ", "press ", "Press ", "or "].iter().any(|lead| {
                    text.match_indices(&format!("{lead}{key}"))
                        .any(|(at, found)| {
                            let next = text[at + found.len()..].chars().next();
                            !next.is_some_and(|c| c.is_ascii_alphanumeric())
                        })
                })
            };
            assert!(
                keys.iter().any(named),
                "{text:?} should name one of {keys:?}"
            );
            let full = if lang == Lang::Zh { "。" } else { "." };
            assert!(text.ends_with(full), "a whole sentence: {text:?}");
        }
    }
}
