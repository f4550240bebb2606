//! Where a key goes: the topmost overlay first, then the key map, then the panel, then the app.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::action::{ACTIONS, Action, Group};
use super::keymap::Key;
use super::{App, Next};
use crate::domain::codes::Stage;
use crate::overlay::Overlay;
use crate::overlay::editor::EditorReply;
use crate::overlay::picker::{Entry, Picker, PickerReply, Target};
use crate::overlay::sampling::Sampling;
use crate::text::{guide, handing, refusal, shell};
use crate::theme::Role;
use crate::tui::input::Input;
use crate::widget::field::Field;

impl App {
    /// Takes an input; the caller draws and does what [`App::next`] holds afterwards.
    pub fn on(&mut self, input: Input) {
        self.catch_up_before(&input);
        match input {
            Input::Key(key) => self.on_key(key),
            Input::Paste(text) => self.on_paste(&text),
            Input::Burst(keys) => self.on_burst(keys),
            Input::PasteTooLong(length) => {
                let text = shell::PASTE_TOO_LONG.fill(self.lang, &[&length.to_string()]);
                self.say(text, Role::Warn);
            }
            Input::FocusGained => {
                self.next.push(Next::Redraw);
                if let Err(error) = self.notice_others() {
                    let text = refusal::store(&error, self.lang);
                    self.say(text, Role::Bad);
                }
            }
            Input::Mouse(mouse) => self.on_mouse(mouse),
            Input::Resize(..) | Input::Failed(_) | Input::Broken => {}
        }
    }

    /// Keys that came all at once: typed where there is a field, no commands anywhere else.
    fn on_burst(&mut self, keys: Vec<KeyEvent>) {
        let typed = matches!(
            self.overlays.last(),
            Some(
                Overlay::Form(_)
                    | Overlay::Picker(_)
                    | Overlay::Filter(_)
                    | Overlay::Import(_)
                    | Overlay::Lessons(_)
                    | Overlay::Timeline(_)
            )
        );
        if typed {
            for key in keys {
                self.on_key(key);
            }
            return;
        }
        let said = guide::BURST.fill(self.lang, &[&keys.len().to_string()]);
        self.say(said, Role::Warn);
    }

    fn on_paste(&mut self, text: &str) {
        match self.overlays.last_mut() {
            Some(Overlay::Form(editor)) => {
                editor.paste(text);
                self.complete_form();
                self.keep_draft();
            }
            Some(Overlay::Picker(picker)) => picker.paste(text),
            Some(Overlay::Filter(field)) => {
                field.paste(text);
                self.filter_typed();
            }
            Some(Overlay::Import(import)) => import.paste(text),
            Some(Overlay::Lessons(_)) => self.paste_lessons(text),
            Some(Overlay::Timeline(page)) => page.paste(text),
            Some(_) => {}
            None => self.say_word(shell::PASTE_NOWHERE, Role::Warn),
        }
    }

    pub(super) fn on_key(&mut self, key: KeyEvent) {
        let redraw =
            key.code == KeyCode::Char('l') && key.modifiers.contains(KeyModifiers::CONTROL);
        if redraw {
            self.next.push(Next::Redraw);
            return;
        }
        let interrupt =
            key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL);
        if interrupt && let Some(top) = self.overlays.last() {
            // Asks whatever stands open, and the second time it is meant.
            if matches!(top, Overlay::Quit) {
                self.next.push(Next::Quit);
            } else {
                self.keep_draft();
                self.overlays.push(Overlay::Quit);
            }
            return;
        }
        if !self.overlays.is_empty() && self.asks_help(&key) {
            self.explain();
            return;
        }
        if self.editor().is_some_and(|editor| editor.leaves(&key)) {
            self.complete_form();
        }
        match self.overlays.last_mut() {
            None => self.on_panel_key(key),
            Some(Overlay::Form(editor)) => match editor.on_key(key) {
                EditorReply::Taken => {}
                EditorReply::Left => self.keep_draft(),
                EditorReply::Step(by) => self.step_form(by),
                EditorReply::Save => self.save_form(),
                EditorReply::Leave => self.leave_form(),
            },
            Some(Overlay::Picker(picker)) => match picker.on_key(key) {
                PickerReply::Taken => self.offer_shelf(),
                PickerReply::Leave => {
                    self.overlays.pop();
                }
                PickerReply::Chosen(target) => {
                    self.overlays.pop();
                    self.choose(target);
                }
            },
            Some(Overlay::Page(page)) => {
                if !page.on_key(key) {
                    self.overlays.pop();
                }
            }
            Some(Overlay::Review(review)) => match key.code {
                KeyCode::Enter => self.run_review(),
                _ if review.page.on_key(key) => {}
                _ => {
                    self.overlays.pop();
                }
            },
            Some(Overlay::Sampling(helper)) => {
                if !helper.on_key(key) {
                    self.overlays.pop();
                }
            }
            Some(Overlay::Tour(_)) => self.on_tour_key(key),
            Some(Overlay::Prefix(_)) => self.on_prefix_key(key),
            Some(Overlay::Sheet(_)) => self.on_sheet_key(key),
            Some(Overlay::Versions(_)) => self.on_versions_key(key),
            Some(Overlay::Lessons(_)) => self.on_lessons_key(key),
            Some(Overlay::Ledger(_)) => self.on_ledger_key(key),
            Some(Overlay::Timeline(_)) => self.on_timeline_key(key),
            Some(Overlay::Filter(_)) => self.on_filter_key(key),
            Some(Overlay::Import(import)) => {
                let reply = import.on_key(key);
                self.on_import(reply);
            }
            Some(Overlay::Writing(busy, _)) => {
                if key.code == KeyCode::Esc {
                    busy.stop();
                    self.overlays.pop();
                    self.say_word(handing::STOPPED, Role::Base);
                }
            }
            Some(Overlay::Confirm { .. } | Overlay::LeaveForm | Overlay::Quit) => {
                self.on_question_key(key)
            }
        }
    }

    fn on_filter_key(&mut self, key: KeyEvent) {
        match key.code {
            KeyCode::Esc => {
                self.overlays.pop();
                self.set_filter("");
            }
            KeyCode::Enter | KeyCode::Down | KeyCode::Up | KeyCode::Tab => {
                self.overlays.pop();
            }
            _ => {
                if let Some(Overlay::Filter(field)) = self.overlays.last_mut() {
                    field.on_key(key);
                }
                self.filter_typed();
            }
        }
    }

    fn filter_typed(&mut self) {
        if let Some(Overlay::Filter(field)) = self.overlays.last() {
            let text = field.text().to_owned();
            self.set_filter(&text);
        }
    }

    fn set_filter(&mut self, filter: &str) {
        self.with_board(|board, panel, cx| {
            filter.clone_into(&mut board.filter);
            board.arrange(panel, cx);
            if board.place().is_none() {
                board.row = board.row_at(0).unwrap_or(0);
            }
            board.look(panel, cx);
        });
        self.follow_selection();
    }

    fn on_panel_key(&mut self, event: KeyEvent) {
        self.note = None;
        let Some(key) = Key::of(&event) else { return };
        if let Some(action) = self.keymap.action(self.stage, key) {
            self.act(action);
            return;
        }
        if !self.keymap.after(self.stage, key).is_empty() {
            self.overlays.push(Overlay::Prefix(key));
            return;
        }
        match key {
            // A word from a Chinese input method, typed outside a field, starts the filter.
            Key::Char(c) if !c.is_ascii() && c.is_alphanumeric() => {
                self.overlays
                    .push(Overlay::Filter(Field::with_text(80, &c.to_string())));
                self.filter_typed();
            }
            _ => self.say_word(shell::UNKNOWN_KEY, Role::Dim),
        }
    }

    /// Does an action: the panel's meaning of it first, then the app's.
    pub(crate) fn act(&mut self, action: Action) {
        let Some(spot) = self.board().map(|b| b.spot()) else {
            return;
        };
        // Moving is the same in every panel, which would first look at what might be meant.
        if !action.is_step() {
            let reply = self.panel().act(&self.cx(), action, &spot);
            if self.run(reply) {
                return;
            }
        }
        if self.with_board(|board, _, cx| board.on_picture(cx, action)) == Some(true) {
            return;
        }
        match action {
            Action::Up => self.step(-1),
            Action::Down => self.step(1),
            Action::PageUp => self.step(-self.page()),
            Action::PageDown => self.step(self.page()),
            Action::First => self.step(-1_000_000_000),
            Action::Last => self.step(1_000_000_000),
            Action::NextPart | Action::Right => {
                self.with_board(|board, panel, cx| {
                    board.turn(true);
                    board.look(panel, cx);
                });
            }
            Action::PrevPart | Action::Left => {
                self.with_board(|board, panel, cx| {
                    board.turn(false);
                    board.look(panel, cx);
                });
            }
            Action::Back => self.back(),
            Action::Sort | Action::SortReverse => {
                let reverse = action == Action::SortReverse;
                self.with_board(|board, panel, cx| board.sort_next(reverse, panel, cx));
            }
            Action::Filter => {
                let filter = self.board().map(|b| b.filter.clone()).unwrap_or_default();
                self.overlays
                    .push(Overlay::Filter(Field::with_text(80, &filter)));
            }
            Action::Today => self.go(Stage::Today, None),
            Action::Intake => self.go(Stage::Intake, None),
            Action::Capacity => self.go(Stage::Capacity, None),
            Action::Schedule => self.go(Stage::Schedule, None),
            Action::Materials => self.go(Stage::Materials, None),
            Action::Progress => self.go(Stage::Progress, None),
            Action::Exceptions => self.go(Stage::Exceptions, None),
            Action::Undo => self.revert(true),
            Action::Redo => self.revert(false),
            Action::Redraw => self.next.push(Next::Redraw),
            Action::Language => self.switch_language(),
            Action::Help => self.help(),
            Action::Palette => self.palette(),
            Action::Menu => self.menu(),
            Action::Jump => self.jump_list(),
            Action::History => self.history(),
            Action::CopyFile => self.copy_file(),
            Action::Quit => self.overlays.push(Overlay::Quit),
            Action::Theme => self.ask_theme(),
            Action::Mouse => self.switch_mouse(),
            Action::Tour => self.start_tour(),
            Action::ColumnsLeft | Action::ColumnsRight => {
                let right = action == Action::ColumnsRight;
                self.with_board(|board, _, _| board.scroll_columns(right));
            }
            Action::RaiseException => self.raise_anywhere(),
            Action::WriteReport => self.ask_report(),
            Action::WhatIf => self.whatif_menu(),
            Action::Summary => self.open_summary(),
            Action::Sampling => self.open_sampling(),
            Action::Lessons => self.open_lessons(),
            Action::CheckFile => self.check_file(),
            _ => self.say_word(shell::NOT_HERE, Role::Warn),
        }
    }

    fn page(&self) -> isize {
        let (list, part) = self.page_rows;
        let rows = if self.board().is_some_and(|b| b.focus > 0) {
            part
        } else {
            list
        };
        isize::try_from(rows.max(1)).unwrap_or(10)
    }

    fn back(&mut self) {
        let filtered = self.board().is_some_and(|b| !b.filter.is_empty());
        let away = self.board().is_some_and(|b| b.focus > 0);
        if away {
            self.with_board(|board, _, _| board.focus = 0);
        } else if filtered {
            self.set_filter("");
        } else if self.stage != Stage::Today {
            self.go(Stage::Today, None);
        }
    }

    fn switch_language(&mut self) {
        self.lang = self.lang.other();
        self.refresh();
        self.refresh_lessons();
    }

    /// An exception about the selected order, where the panel has no better idea.
    fn raise_anywhere(&mut self) {
        use crate::overlay::form::FormKind;
        use crate::overlay::forms;
        let order = self.order.unwrap_or(0);
        if let Some(form) = forms::open(FormKind::Exception, order, &self.cx()) {
            let stage = if self.stage == Stage::Today {
                Stage::Progress
            } else {
                self.stage
            };
            self.open_form(form.with("stage", stage.code()));
        }
    }

    /// How a lot is sampled, beginning with what is open of the selected order.
    fn open_sampling(&mut self) {
        use crate::domain::rule::inspection as rule;
        let order = self.world.orders.find(self.order);
        let lot = order.map_or(0, |o| rule::pieces(rule::lot(&self.world, o)));
        let (level, aqls) = order.map_or_else(Default::default, |o| rule::terms(&self.world, o));
        let helper = Sampling::new(lot, level, aqls.major);
        self.overlays.push(Overlay::Sampling(Box::new(helper)));
    }

    fn entry(&self, action: Action) -> Entry {
        let info = action.info();
        let other = self.lang.other();
        Entry {
            text: format!(
                "{} — {}",
                info.word.text(self.lang),
                info.help.text(self.lang)
            ),
            right: self.keymap.label(action),
            also: format!("{} {}", info.word.text(other), info.name),
            target: Target::Do(action),
        }
    }

    /// Every command there is; those of other panels too, which are gone to first by the user.
    fn palette(&mut self) {
        let here = self.panel().stage();
        let usable =
            |info: &&super::action::Info| group_stage(info.group).is_none_or(|stage| stage == here);
        let entries = ACTIONS
            .iter()
            .filter(usable)
            .map(|info| self.entry(info.action))
            .collect();
        self.overlays.push(Overlay::Picker(Picker::new(
            shell::PALETTE.text(self.lang),
            entries,
        )));
    }

    /// What can be done with the selected row.
    fn menu(&mut self) {
        let Some(spot) = self.board().map(|b| b.spot()) else {
            return;
        };
        let entries = self
            .panel()
            .actions(&spot)
            .iter()
            .map(|action| self.entry(*action))
            .collect();
        self.overlays.push(Overlay::Picker(Picker::new(
            shell::MENU.text(self.lang),
            entries,
        )));
    }

    /// All orders, to be found by number, customer, product or pinyin initials.
    fn jump_list(&mut self) {
        let cx = self.cx();
        let entry = |order: &crate::domain::order::Order| Entry {
            text: format!(
                "{}  {}",
                order.no,
                panel_text(&crate::panel::build::product(&cx, order))
            ),
            right: panel_text(&crate::panel::build::customer(&cx, order)),
            also: format!("{} {}", order.customer_po, codes(&cx, order)),
            target: Target::Order(order.id),
        };
        let entries = self.world.orders.iter().rev().map(entry).collect();
        self.show_orders(Picker::new(shell::JUMP.text(self.lang), entries));
    }
}

fn panel_text(cell: &crate::panel::Cell) -> String {
    cell.text.clone()
}

fn codes(cx: &crate::panel::Cx<'_>, order: &crate::domain::order::Order) -> String {
    cx.world
        .order_lines
        .of(order.id)
        .map(|l| format!("{} {}", l.item_code, l.name))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The panel that a group of actions belongs to.
#[must_use]
pub const fn group_stage(group: Group) -> Option<Stage> {
    match group {
        Group::Today => Some(Stage::Today),
        Group::Intake => Some(Stage::Intake),
        Group::Capacity => Some(Stage::Capacity),
        Group::Schedule => Some(Stage::Schedule),
        Group::Materials => Some(Stage::Materials),
        Group::Progress => Some(Stage::Progress),
        Group::Exceptions => Some(Stage::Exceptions),
        Group::Global | Group::Move | Group::Picture | Group::Go | Group::Any => None,
    }
}
