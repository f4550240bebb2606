//! The story of an order as a list: filtered by stage and by what is typed, newest or oldest first.

use crossterm::event::{KeyCode, KeyEvent};

use crate::domain::codes::Stage;
use crate::text::search::Matcher;
use crate::text::timeline::Told;
use crate::text::{Label, Lang};
use crate::widget::field::Field;

/// Cells of the filter that is typed.
const FILTER: usize = 60;

/// The page.
#[derive(Debug, Clone)]
pub struct Timeline {
    pub order: i64,
    pub title: String,
    /// Oldest first.
    told: Vec<Told>,
    /// Places of those that are shown, as they are shown.
    shown: Vec<usize>,
    /// None: all stages.
    pub stage: Option<Stage>,
    pub filter: Field,
    /// Whether keys go into the filter.
    pub typing: bool,
    pub newest_first: bool,
    pub selected: usize,
    lang: Lang,
}

/// What a key asked of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimelineReply {
    Taken,
    Leave,
    /// Opens the evidence of the selected line.
    Open,
}

impl Timeline {
    /// The story, newest first.
    #[must_use]
    pub fn new(order: i64, title: impl Into<String>, told: Vec<Told>, lang: Lang) -> Self {
        let mut page = Self {
            order,
            title: title.into(),
            told,
            shown: Vec::new(),
            stage: None,
            filter: Field::with_text(FILTER, ""),
            typing: false,
            newest_first: true,
            selected: 0,
            lang,
        };
        page.arrange();
        page
    }

    /// The lines that are shown, in their order.
    pub fn lines(&self) -> impl Iterator<Item = &Told> {
        self.shown.iter().filter_map(|at| self.told.get(*at))
    }

    /// How many lines are shown.
    #[must_use]
    pub fn count(&self) -> usize {
        self.shown.len()
    }

    /// How many lines there are without any filter.
    #[must_use]
    pub fn all(&self) -> usize {
        self.told.len()
    }

    /// The selected line.
    #[must_use]
    pub fn line(&self) -> Option<&Told> {
        self.told.get(*self.shown.get(self.selected)?)
    }

    /// Takes a key.
    pub fn on_key(&mut self, key: KeyEvent) -> TimelineReply {
        if self.typing {
            self.type_key(key);
            return TimelineReply::Taken;
        }
        let last = self.shown.len().saturating_sub(1);
        match key.code {
            KeyCode::Up | KeyCode::Char('k') => self.selected = self.selected.saturating_sub(1),
            KeyCode::Down | KeyCode::Char('j') => self.selected = (self.selected + 1).min(last),
            KeyCode::PageUp => self.selected = self.selected.saturating_sub(10),
            KeyCode::PageDown => self.selected = (self.selected + 10).min(last),
            KeyCode::Home => self.selected = 0,
            KeyCode::End => self.selected = last,
            KeyCode::Right | KeyCode::Tab => self.turn(true),
            KeyCode::Left | KeyCode::BackTab => self.turn(false),
            KeyCode::Char('/' | '／' | '、') => self.typing = true,
            KeyCode::Char('o' | 'O' | 'ｏ') => {
                self.newest_first = !self.newest_first;
                self.arrange();
                self.selected = 0;
            }
            KeyCode::Enter => return TimelineReply::Open,
            KeyCode::Esc if !self.filter.text().is_empty() => self.clear(),
            KeyCode::Esc => return TimelineReply::Leave,
            // A word from a Chinese input method starts the filter.
            KeyCode::Char(c) if !c.is_ascii() && c.is_alphanumeric() => {
                self.typing = true;
                self.type_key(key);
            }
            _ => {}
        }
        TimelineReply::Taken
    }

    fn type_key(&mut self, key: KeyEvent) {
        match key.code {
            KeyCode::Esc => {
                self.typing = false;
                self.clear();
            }
            KeyCode::Enter | KeyCode::Up | KeyCode::Down | KeyCode::Tab => self.typing = false,
            _ => {
                self.filter.on_key(key);
                self.arrange();
            }
        }
    }

    /// Takes what was pasted into the filter.
    pub fn paste(&mut self, text: &str) {
        self.typing = true;
        self.filter.paste(text);
        self.arrange();
    }

    fn clear(&mut self) {
        self.filter = Field::with_text(FILTER, "");
        self.arrange();
    }

    /// The stages that have any line, in the order of the panels, after “all of them”.
    fn stages(&self) -> Vec<Option<Stage>> {
        let has = |s: &&Stage| self.told.iter().any(|t| t.stage == **s);
        let found = Stage::ALL.iter().filter(has).copied().map(Some);
        std::iter::once(None).chain(found).collect()
    }

    fn turn(&mut self, forward: bool) {
        let stages = self.stages();
        let at = stages.iter().position(|s| *s == self.stage).unwrap_or(0);
        let by = if forward { 1 } else { stages.len() - 1 };
        let to = (at + by) % stages.len().max(1);
        self.stage = stages.get(to).copied().flatten();
        self.arrange();
    }

    /// Applies the filters; the selected line stays where it still is shown.
    fn arrange(&mut self) {
        let kept = self.shown.get(self.selected).copied();
        let matcher = Matcher::new(self.filter.text());
        let lang = self.lang;
        let hit = |t: &Told| {
            let stage = t.stage.word().text(lang);
            let all = format!("{} {} {stage} {} {}", t.at(), t.who, t.text, t.evidence);
            matcher.is_empty() || matcher.matches(&all)
        };
        let in_stage = |t: &Told| self.stage.is_none_or(|s| s == t.stage);
        let found = self.told.iter().enumerate();
        self.shown = found
            .filter(|(_, t)| in_stage(t) && hit(t))
            .map(|(at, _)| at)
            .collect();
        if self.newest_first {
            self.shown.reverse();
        }
        let kept = kept.and_then(|at| self.shown.iter().position(|s| *s == at));
        self.selected = kept.unwrap_or(0);
    }
}
