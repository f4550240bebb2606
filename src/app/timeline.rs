//! The story of the selected order, and where its lines lead.

use super::App;
use crate::overlay::Overlay;
use crate::overlay::timeline::{Timeline, TimelineReply};
use crate::panel::place;
use crate::text::{refusal, timeline, words};
use crate::theme::Role;

impl App {
    /// What happened to the selected order.
    pub(super) fn history(&mut self) {
        let Some(order) = self.order.and_then(|id| self.world.orders.get(id)) else {
            self.say_word(words::SELECT_FIRST, Role::Warn);
            return;
        };
        match self.store.deeds(&order.no) {
            Ok(deeds) => {
                let told = timeline::story(&self.world, &deeds, order, self.lang);
                let title = timeline::OF_ORDER.fill(self.lang, &[&order.no]);
                let page = Timeline::new(order.id, title, told, self.lang);
                self.overlays.push(Overlay::Timeline(Box::new(page)));
            }
            Err(error) => {
                let text = refusal::store(&error, self.lang);
                self.say(text, Role::Bad);
            }
        }
    }

    pub(super) fn on_timeline_key(&mut self, key: crossterm::event::KeyEvent) {
        let Some(Overlay::Timeline(page)) = self.overlays.last_mut() else {
            return;
        };
        match page.on_key(key) {
            TimelineReply::Taken => {}
            TimelineReply::Leave => {
                self.overlays.pop();
            }
            TimelineReply::Open => self.open_told(),
        }
    }

    /// Opens the file of the selected line above the story, or goes to its row.
    fn open_told(&mut self) {
        let Some(Overlay::Timeline(page)) = self.overlays.last() else {
            return;
        };
        let Some(line) = page.line() else { return };
        let (order, row, file) = (page.order, line.row, line.file);
        let place = place::of_row(&self.cx(), order, &line.table, row);
        match place {
            _ if file => self.show_paper(row),
            Some(place) => {
                self.overlays.pop();
                self.go_to(&place);
            }
            None => self.say_word(timeline::NO_PLACE, Role::Warn),
        }
    }
}
