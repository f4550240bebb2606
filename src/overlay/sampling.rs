//! The sampling helper: a lot is typed, and letter, sample, Ac and Re of every level and AQL are there.

use crossterm::event::{KeyCode, KeyEvent};

use crate::domain::rule::aql::{self, Aql, Level, Plan};
use crate::text::{Lang, shipping as words};
use crate::widget::field::Field;

/// Digits of a lot.
const LOT_DIGITS: usize = 9;

/// The helper's state: what was typed and where the arrows stand.
#[derive(Debug)]
pub struct Sampling {
    lot: Field,
    /// Nothing was typed yet, so that the first digit replaces what it began with.
    fresh: bool,
    level: usize,
    aql: usize,
}

impl Sampling {
    /// Begins on a lot, at a level and AQL.
    #[must_use]
    pub fn new(lot: i64, level: Level, aql: Aql) -> Self {
        let text = if lot > 0 {
            lot.to_string()
        } else {
            String::new()
        };
        Self {
            lot: Field::with_text(LOT_DIGITS, &text),
            fresh: true,
            level: Level::ALL.iter().position(|l| *l == level).unwrap_or(0),
            aql: Aql::all().position(|a| a == aql).unwrap_or(0),
        }
    }

    /// What was typed.
    #[must_use]
    pub fn typed(&self) -> &str {
        self.lot.text()
    }

    /// The lot, where one is typed.
    #[must_use]
    pub fn lot(&self) -> Option<i64> {
        self.lot.text().parse().ok().filter(|n| *n > 0)
    }

    /// Places of the level and the AQL that the arrows stand on.
    #[must_use]
    pub const fn at(&self) -> (usize, usize) {
        (self.level, self.aql)
    }

    fn chosen(&self) -> Option<(Level, Aql)> {
        let level = Level::ALL.get(self.level).copied()?;
        Some((level, Aql::all().nth(self.aql)?))
    }

    /// The plan that the arrows stand on.
    #[must_use]
    pub fn plan(&self) -> Option<Plan> {
        let (level, aql) = self.chosen()?;
        aql::plan(self.lot()?, level, aql)
    }

    /// The chosen plan in words, one line a sentence.
    #[must_use]
    pub fn said(&self, lang: Lang) -> Vec<String> {
        let (Some((level, aql)), Some(plan), Some(lot)) = (self.chosen(), self.plan(), self.lot())
        else {
            return vec![words::SAMPLING_EMPTY.text(lang).to_owned()];
        };
        let args = [
            lot.to_string(),
            level.code().to_owned(),
            aql.code().to_owned(),
            plan.plan_letter.to_string(),
            plan.n.to_string(),
            plan.ac.to_string(),
            plan.re.to_string(),
        ];
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let mut out = vec![words::SAMPLING_LINE.fill(lang, &args)];
        if plan.plan_letter != plan.code_letter {
            let letter = plan.plan_letter.to_string();
            out.push(words::SAMPLING_ARROW.fill(lang, &[&letter]));
        }
        if plan.inspect_all {
            out.push(words::SAMPLING_ALL.text(lang).to_owned());
        }
        out
    }

    /// Takes a key; false where the helper is to be closed.
    pub fn on_key(&mut self, key: KeyEvent) -> bool {
        let last = Aql::all().len() - 1;
        match key.code {
            KeyCode::Up => self.level = self.level.saturating_sub(1),
            KeyCode::Down => self.level = (self.level + 1).min(Level::ALL.len() - 1),
            KeyCode::Left => self.aql = self.aql.saturating_sub(1),
            KeyCode::Right => self.aql = (self.aql + 1).min(last),
            KeyCode::Home => self.aql = 0,
            KeyCode::End => self.aql = last,
            KeyCode::Backspace | KeyCode::Delete => {
                self.fresh = false;
                self.lot.on_key(key);
            }
            KeyCode::Char(c) => match crate::text::datein::fold_char(c) {
                c if c.is_ascii_digit() => {
                    if self.fresh {
                        self.lot = Field::with_text(LOT_DIGITS, "");
                    }
                    self.fresh = false;
                    self.lot.paste(&c.to_string());
                }
                'k' => self.level = self.level.saturating_sub(1),
                'j' => self.level = (self.level + 1).min(Level::ALL.len() - 1),
                'q' => return false,
                _ => {}
            },
            KeyCode::Enter | KeyCode::Esc => return false,
            _ => {}
        }
        true
    }
}
