//! Random commands: whatever a user does, the file stays sound, and undoing all of it gives the
//! file of the beginning, over restarts too.
//!
//! Small by default; `GENDAN_FAULTS=full` does 10,000 commands. Both print how many.

pub(crate) mod make;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use gendan::command;
use gendan::domain::world::World;
use gendan::store::{Access, Deed, Store, StoreError};
use gendan::text::{Lang, diary, refusal};
use gendan::transfer::{json, sample};

use crate::audit::sound;
use crate::faults::full;
use crate::store::fixed;
use make::Maker;

/// What a run did.
#[derive(Default)]
struct Tally {
    done: usize,
    same: usize,
    refused: usize,
    undone: usize,
    restarts: usize,
    kinds: BTreeSet<String>,
    tried: BTreeMap<String, usize>,
}

fn export(world: &World) -> String {
    json::export(world, &[])
}

fn last(store: &Store) -> i64 {
    store.journal(None, 1).unwrap().first().map_or(0, |l| l.id)
}

/// A run of random commands on a file.
struct Run {
    store: Store,
    world: World,
    /// What can be undone, and what was.
    stack: Vec<Deed>,
    undone: Vec<Deed>,
    tally: Tally,
}

impl Run {
    fn on(path: &Path) -> Self {
        let store = Store::open(path, Access::Write, fixed(), "li").unwrap();
        let world = store.world().unwrap();
        Self {
            store,
            world,
            stack: Vec::new(),
            undone: Vec::new(),
            tally: Tally::default(),
        }
    }

    fn restart(&mut self) {
        let path = self.store.path().to_owned();
        self.store = Store::open(&path, Access::Write, fixed(), "li").unwrap();
        self.world = self.store.world().unwrap();
        self.tally.restarts += 1;
    }

    fn command(&mut self, maker: &mut Maker, look: bool) {
        let command = maker.command(&self.world);
        let name = format!("{command:?}");
        let name = name.split(['(', ' ']).next().unwrap().to_owned();
        *self.tally.tried.entry(name.clone()).or_default() += 1;
        let before = (last(&self.store), look.then(|| export(&self.world)));
        match command::apply(&mut self.store, &self.world, &command) {
            Ok(done) if done.change.id == 0 => {
                self.tally.same += 1;
                assert_eq!(last(&self.store), before.0, "{command:?}");
            }
            Ok(done) => {
                assert_eq!(done.change.id, before.0 + 1, "{command:?}");
                assert_eq!(last(&self.store), done.change.id, "{command:?}");
                self.store.refresh(&mut self.world, &done.change).unwrap();
                self.stack.push(done.deed);
                self.undone.clear();
                self.tally.done += 1;
                self.tally.kinds.insert(name);
            }
            Err(refused) => {
                self.tally.refused += 1;
                for lang in [Lang::Zh, Lang::En] {
                    assert!(!refusal::sentence(&refused, lang).is_empty());
                }
                assert_eq!(last(&self.store), before.0, "{command:?}");
                if let Some(before) = before.1 {
                    let now = export(&self.store.world().unwrap());
                    assert!(now == before, "refused, but changed: {command:?}");
                }
            }
        }
        if look {
            self.invariants(&format!("{command:?}"));
        }
    }

    /// Takes the latest change back or brings it again; the diary names the same deed.
    fn revert(&mut self, undo: bool) {
        let (done, wanted) = if undo {
            (self.store.undo(), self.stack.pop())
        } else {
            (self.store.redo(), self.undone.pop())
        };
        let Some(wanted) = wanted else {
            assert!(matches!(done, Err(StoreError::NothingToRevert)), "{done:?}");
            return;
        };
        let done = done.unwrap_or_else(|e| panic!("undo {undo} of {wanted:?}: {e}"));
        assert_eq!((done.of.did, &done.of.args), (wanted.did, &wanted.args));
        let line = &self.store.journal(None, 1).unwrap()[0];
        assert_eq!(line.kind, if undo { "undo" } else { "redo" });
        assert!(diary::sentence(line, Lang::En).contains(&diary::deed(
            wanted.did,
            &wanted.args,
            Lang::En
        )));
        self.store.refresh(&mut self.world, &done.change).unwrap();
        self.tally.undone += 1;
        if undo {
            &mut self.undone
        } else {
            &mut self.stack
        }
        .push(wanted);
    }

    fn invariants(&self, after: &str) {
        sound(&self.store, after);
        let loaded = self.store.world().unwrap();
        assert!(
            export(&loaded) == export(&self.world),
            "the world in memory is not that of the file after {after}"
        );
        assert_eq!(loaded.holds, self.world.holds, "{after}");
    }

    fn go(&mut self, seed: u64, commands: usize, every: usize) {
        let mut maker = Maker::new(seed);
        for n in 0..commands {
            match maker.dice.of(40) {
                0 => self.restart(),
                1 | 2 => self.revert(true),
                3 => self.revert(false),
                _ => {}
            }
            self.command(&mut maker, n % every == 0);
        }
        self.invariants("the last command");
        while !self.stack.is_empty() {
            self.revert(true);
            if maker.dice.of(60) == 0 {
                self.restart();
            }
            if self.stack.len().is_multiple_of(every * 4) {
                self.invariants("an undo");
            }
        }
        assert!(matches!(
            self.store.undo(),
            Err(StoreError::NothingToRevert)
        ));
    }
}

fn told(name: &str, tally: &Tally) {
    println!(
        "random commands on {name}: {} done of {} kinds, {} changed nothing, {} refused, {} taken back or brought again, {} restarts",
        tally.done,
        tally.kinds.len(),
        tally.same,
        tally.refused,
        tally.undone,
        tally.restarts
    );
    let never: Vec<&String> = tally
        .tried
        .keys()
        .filter(|k| !tally.kinds.contains(*k))
        .collect();
    println!("  tried, never done: {never:?}");
}

#[test]
fn random_commands_on_the_sample_factory_keep_it_sound_and_all_can_be_undone() {
    let (rounds, commands, every) = if full() { (10, 900, 15) } else { (1, 200, 40) };
    for round in 0..rounds {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut store = Store::open(&path, Access::Write, fixed(), "li").unwrap();
        let file = json::parse(&sample::sample(store.clock().now())).unwrap();
        json::bring(&mut store, &file, "").unwrap();
        drop(store);
        let mut run = Run::on(&path);
        let before = export(&run.world);
        run.go(20_261_129 + round, commands, every);
        run.restart();
        assert!(export(&run.world) == before, "round {round}");
        run.invariants("undoing all");
        told("the sample", &run.tally);
        assert!(run.tally.done * 4 > commands && run.tally.refused > 0);
        assert!(run.tally.kinds.len() > 25, "{:?}", run.tally.kinds);
    }
}

#[test]
fn random_commands_on_an_empty_file_can_be_undone_to_the_empty_file() {
    let (rounds, commands, every) = if full() { (4, 250, 10) } else { (1, 100, 25) };
    for round in 0..rounds {
        let folder = tempfile::tempdir().unwrap();
        let mut run = Run::on(&folder.path().join("a.db"));
        let before = export(&run.world);
        run.go(77 + round, commands, every);
        assert!(export(&run.world) == before, "round {round}");
        run.restart();
        assert!(export(&run.world) == before, "round {round}");
        told("an empty file", &run.tally);
        assert!(run.tally.done > commands / 10);
    }
}
