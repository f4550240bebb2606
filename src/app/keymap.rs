//! From keys to actions: the table of `assets/keymap.toml`, the panel's own keys first, and the
//! user's own table laid over it.
//!
//! Full-width letters and signs mean their narrow ones, so that an input method left on does no
//! harm. Shift is part of the letter, never a modifier of its own.

mod key;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

pub use key::{Chord, Key, Named, narrow};

use super::action::{ACTIONS, Action};
use crate::config::fault::{Fault, Place, Wrong, near};
use crate::config::lines::{self, Entry, Value};
use crate::domain::codes::Stage;

/// The bindings, by place.
#[derive(Debug, Clone, Default)]
pub struct Keymap {
    global: Table,
    panels: BTreeMap<Stage, Table>,
    shown: BTreeMap<Action, Chord>,
}

type Table = BTreeMap<Chord, Action>;

/// Where keys hold: everywhere, or in one panel.
type At = Option<Stage>;

/// One line of a key map that can be used.
struct Binding {
    at: At,
    action: Action,
    keys: Vec<(usize, Chord)>,
}

impl Keymap {
    /// The key map that comes with the program, and what is wrong with it (nothing, a test says).
    #[must_use]
    pub fn built_in() -> (Self, Vec<Fault>) {
        let mut map = Self::default();
        let text = include_str!("../../assets/keymap.toml");
        let faults = map.lay_over(Path::new("keymap.toml"), text);
        (map, faults)
    }

    /// Lays a user's key map over this one; what is wrong is left out and reported.
    ///
    /// An action that is named gets the keys of its list instead of those it had, none for an empty
    /// list. Of two actions with one key in one place the user's has it, the earlier of two of his;
    /// a panel's own key goes before one that holds everywhere.
    pub fn lay_over(&mut self, file: &Path, text: &str) -> Vec<Fault> {
        let (entries, broken) = lines::read(text);
        let fault = |line, wrong| Fault::new(file, Place::Line(line), wrong);
        let mut faults: Vec<Fault> = broken
            .into_iter()
            .map(|(line, said)| fault(line, Wrong::NotToml(said)))
            .collect();
        let mut bindings = Vec::new();
        for entry in entries {
            match binding(&entry) {
                Ok((binding, wrong)) => {
                    bindings.push(binding);
                    faults.extend(wrong.into_iter().map(|(line, w)| fault(line, w)));
                }
                Err(wrong) => faults.push(fault(entry.line, wrong)),
            }
        }
        let before = self.clone();
        for binding in &bindings {
            self.table(binding.at).retain(|_, a| *a != binding.action);
            self.shown.remove(&binding.action);
        }
        let mut own: BTreeSet<(At, Chord)> = BTreeSet::new();
        for binding in &bindings {
            for (line, key) in &binding.keys {
                let clash = self.bind(binding, *key, &before, &mut own);
                faults.extend(clash.map(|wrong| fault(*line, wrong)));
            }
        }
        self.show_what_is_left();
        faults.sort_by_key(|fault| match fault.place {
            Place::Line(line) => line,
            Place::File | Place::Variable(_) => 0,
        });
        faults
    }

    fn table(&mut self, at: At) -> &mut Table {
        match at {
            None => &mut self.global,
            Some(stage) => self.panels.entry(stage).or_default(),
        }
    }

    /// Binds a key; says so where another action has it, loses it, or is hidden by it.
    fn bind(
        &mut self,
        binding: &Binding,
        key: Chord,
        before: &Self,
        own: &mut BTreeSet<(At, Chord)>,
    ) -> Option<Wrong> {
        let (at, action) = (binding.at, binding.action);
        let clash = |at: At, key: Chord, wins: Action, loses: Action| {
            (wins != loses).then(|| Wrong::Clash {
                place: at.map_or("global", Stage::code).to_owned(),
                key: key.label(),
                wins: wins.info().name,
                loses: loses.info().name,
            })
        };
        let held = self.table(at).get(&key).copied();
        if !own.insert((at, key)) {
            return clash(at, key, held.unwrap_or(action), action);
        }
        self.table(at).insert(key, action);
        self.shown.entry(action).or_insert(key);
        if let Some(other) = held {
            return clash(at, key, action, other);
        }
        let known = match at {
            None => before.global.get(&key),
            Some(stage) => before.panels.get(&stage).and_then(|table| table.get(&key)),
        };
        if known == Some(&action) || before.global.is_empty() {
            // As it was; and the map that comes with the program hides some keys on purpose.
            return None;
        }
        // A key that opens a box is no use where it does something of its own.
        if let Some(first) = key.first.map(Chord::single)
            && let Some(own) = self.global.get(&first)
        {
            return clash(at, first, *own, action);
        }
        match at {
            Some(_) => clash(at, key, action, *self.global.get(&key)?),
            None => Stage::ALL.iter().find_map(|stage| {
                let wins = *self.panels.get(stage)?.get(&key)?;
                clash(Some(*stage), key, wins, action)
            }),
        }
    }

    /// Actions whose shown key was taken by another show one that is left to them.
    fn show_what_is_left(&mut self) {
        let holds = |map: &Self, action: Action, key: Chord| {
            map.global.get(&key) == Some(&action)
                || map.panels.values().any(|t| t.get(&key) == Some(&action))
        };
        for info in ACTIONS {
            let action = info.action;
            let shown = self.shown.get(&action).copied();
            if shown.is_some_and(|key| holds(self, action, key)) {
                continue;
            }
            let tables = std::iter::once(&self.global).chain(self.panels.values());
            let left = tables
                .flatten()
                .find(|(_, a)| **a == action)
                .map(|(k, _)| *k);
            match left {
                Some(key) => self.shown.insert(action, key),
                None => self.shown.remove(&action),
            };
        }
    }

    /// The action of a key in a panel.
    #[must_use]
    pub fn action(&self, stage: Stage, key: Key) -> Option<Action> {
        self.of(stage, Chord::single(key))
    }

    /// The action of one key, or of one after another, in a panel.
    #[must_use]
    pub fn of(&self, stage: Stage, chord: Chord) -> Option<Action> {
        self.panels
            .get(&stage)
            .and_then(|table| table.get(&chord))
            .or_else(|| self.global.get(&chord))
            .copied()
    }

    /// What may follow a first key in a panel; empty where the key opens nothing.
    #[must_use]
    pub fn after(&self, stage: Stage, first: Key) -> BTreeMap<Key, Action> {
        let own = self.panels.get(&stage).into_iter().flatten();
        let mut found = BTreeMap::new();
        for (chord, action) in own.chain(&self.global) {
            if chord.first == Some(first) {
                found.entry(chord.key).or_insert(*action);
            }
        }
        found
    }

    /// The key that is shown for an action; none where the user took it every one.
    #[must_use]
    pub fn key(&self, action: Action) -> Option<Chord> {
        self.shown.get(&action).copied()
    }

    /// The label of the key that is shown for an action; empty where it has none.
    #[must_use]
    pub fn label(&self, action: Action) -> String {
        self.key(action).map(Chord::label).unwrap_or_default()
    }

    /// Every key of an action in a panel.
    pub fn keys(&self, stage: Stage, action: Action) -> impl Iterator<Item = Chord> + '_ {
        let own = self.panels.get(&stage).into_iter().flatten();
        own.chain(&self.global)
            .map(|(key, _)| *key)
            .filter(move |key| self.of(stage, *key) == Some(action))
    }
}

/// Reads one entry of a key map, and what is wrong with its keys.
fn binding(entry: &Entry) -> Result<(Binding, Vec<(usize, Wrong)>), Wrong> {
    let (place, name) = match entry.path.as_slice() {
        [place, rest @ ..] if !rest.is_empty() => (place.as_str(), rest.join(".")),
        _ => return Err(Wrong::UnknownPlace(entry.path.join("."))),
    };
    let at = Stage::of(place);
    if at.is_none() && place != "global" {
        return Err(Wrong::UnknownPlace(place.to_owned()));
    }
    let action = Action::of(&name).ok_or_else(|| {
        let names = ACTIONS.iter().map(|info| info.name);
        let near = near(&name, names);
        Wrong::UnknownAction { name, near }
    })?;
    let called = action.info().name;
    let Value::List(items) = &entry.value else {
        return Err(Wrong::NotKeys(called));
    };
    let (mut keys, mut wrong) = (Vec::new(), Vec::new());
    for (line, item) in items {
        match item.as_deref().map(|text| (text, Chord::parse(text))) {
            None => wrong.push((*line, Wrong::NotKeys(called))),
            Some((_, Some(key))) => keys.push((*line, key)),
            Some((text, None)) => {
                let (action, key) = (called, text.to_owned());
                wrong.push((*line, Wrong::UnknownKeyName { action, key }));
            }
        }
    }
    Ok((Binding { at, action, keys }, wrong))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    #[test]
    fn the_built_in_map_is_right_and_binds_every_action() {
        let (map, errors) = Keymap::built_in();
        assert_eq!(errors, []);
        for info in ACTIONS {
            assert!(map.key(info.action).is_some(), "{} has no key", info.name);
        }
    }

    #[test]
    fn full_width_keys_mean_their_narrow_ones() {
        let key = |c| Key::of(&KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
        assert_eq!(key('：'), Some(Key::Char(':')));
        assert_eq!(key('３'), Some(Key::Char('3')));
        assert_eq!(key('ｎ'), Some(Key::Char('n')));
        assert_eq!(key('永'), Some(Key::Char('永')));
    }

    fn over(text: &str) -> (Keymap, Vec<Fault>) {
        let (mut map, _) = Keymap::built_in();
        let faults = map.lay_over(Path::new("k.toml"), text);
        (map, faults)
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line_and_the_rest_works() {
        let text = "[global]\n\"app.quit\" = [\"f12\", \"ctrl-qq\"]\n\"app.hlep\" = [\"f11\"]\n\"app.fly\" = [\"w\"]\n\n[attic]\n\"app.help\" = [\"f1\"]\n[intake]\n\"intake.new\" = \"n\"\n";
        let (map, faults) = over(text);
        let lines: Vec<Place> = faults.iter().map(|f| f.place).collect();
        assert_eq!(lines, [2, 3, 4, 7, 9].map(Place::Line), "{faults:?}");
        assert_eq!(map.action(Stage::Today, Key::F(12)), Some(Action::Quit));
        assert_eq!(map.action(Stage::Today, Key::Char('q')), None);
        assert_eq!(map.key(Action::Quit), Some(Chord::single(Key::F(12))));
        let near = |at: usize| match &faults[at].wrong {
            Wrong::UnknownAction { near, .. } => *near,
            other => panic!("{other:?}"),
        };
        assert_eq!((near(1), near(2)), (Some("app.help"), None));
        // An entry that is no list of keys leaves the built-in ones.
        assert_eq!(
            map.action(Stage::Intake, Key::Char('n')),
            Some(Action::NewOrder)
        );
    }

    #[test]
    fn a_clash_names_both_actions_and_the_users_has_the_key() {
        let text = "[global]\n\"app.jump\" = [\"u\"]\n[intake]\n\"intake.new\" = [\"e\"]\n";
        let (map, faults) = over(text);
        let clash = |at: usize| match &faults[at].wrong {
            Wrong::Clash { wins, loses, .. } => (*wins, *loses),
            other => panic!("{other:?}"),
        };
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert_eq!(faults[0].place, Place::Line(2));
        assert_eq!(clash(0), ("app.jump", "app.undo"));
        assert_eq!(clash(1), ("intake.new", "intake.edit"));
        assert_eq!(
            map.action(Stage::Intake, Key::Char('e')),
            Some(Action::NewOrder)
        );
        // What lost its shown key shows the one that is left, or none.
        assert_eq!(map.key(Action::Undo), Some(Chord::single(Key::Ctrl('z'))));
        assert_eq!(map.key(Action::EditOrder), None);
        let (_, faults) = over("[global]\n\"app.jump\" = [\"f12\"]\n\"app.menu\" = [\"f12\"]\n");
        assert!(
            matches!(
                faults[..],
                [Fault {
                    wrong: Wrong::Clash {
                        wins: "app.jump",
                        loses: "app.menu",
                        ..
                    },
                    place: Place::Line(3),
                    ..
                }]
            ),
            "{faults:?}"
        );
        let (_, faults) = over("[global]\n\"app.jump\" = [\"n\"]\n");
        assert!(
            matches!(
                faults[..],
                [Fault {
                    wrong: Wrong::Clash {
                        loses: "app.jump",
                        ..
                    },
                    ..
                }]
            ),
            "{faults:?}"
        );
    }

    #[test]
    fn a_first_key_opens_what_may_follow_it() {
        let (map, faults) = over(
            "[intake]\n\"intake.new\" = [\"f12 n\", \"f12 1\"]\n\"intake.import\" = [\"u 1\"]\n",
        );
        let after = map.after(Stage::Intake, Key::F(12));
        assert_eq!(after.get(&Key::Char('n')), Some(&Action::NewOrder));
        assert_eq!(after.len(), 2);
        assert!(map.after(Stage::Capacity, Key::F(12)).is_empty());
        assert_eq!(map.label(Action::NewOrder), "F12 n");
        assert_eq!(faults.len(), 1, "u does something of its own: {faults:?}");
    }
}
