//! Banks, lines and their calendars from work centres and outside suppliers.

use std::collections::BTreeMap;

use crate::domain::calendar::Calendar;
use crate::domain::quantity::MICRO;
use crate::plan::finding::{Fault, Finding, Place};
use crate::plan::input::{DAY, Minute, PlanInput, Span, Use, WorkCentre};
use crate::plan::problem::{Bank, LineSlot, NONE};
use crate::plan::timeline::Timeline;

/// Days ahead over which open and calendar time are compared.
const STRETCH_DAYS: i64 = 28;

/// Lines that were built so far, and how to find them again.
pub(crate) struct Resources<'a> {
    input: &'a PlanInput,
    calendars: BTreeMap<&'a str, &'a Calendar>,
    pub(crate) timelines: Vec<Timeline>,
    known: BTreeMap<TimeKey, u32>,
    pub(crate) banks: Vec<Bank>,
    /// Speed of each bank in millionths: operators × efficiency.
    pub(crate) speeds: Vec<i64>,
    pub(crate) lines: Vec<LineSlot>,
    pub(crate) of_centre: BTreeMap<&'a str, Vec<u32>>,
    pub(crate) line_codes: BTreeMap<(&'a str, &'a str), u32>,
    outside: BTreeMap<Option<String>, u32>,
    families: BTreeMap<String, u32>,
    pub(crate) findings: Vec<Finding>,
}

/// A calendar with its extra and closed time; whether whole days count.
type TimeKey = (Option<String>, Vec<Span>, Vec<Span>, bool);

impl<'a> Resources<'a> {
    pub(crate) fn new(input: &'a PlanInput) -> Self {
        let mut all = Self {
            input,
            calendars: BTreeMap::new(),
            timelines: Vec::new(),
            known: BTreeMap::new(),
            banks: Vec::new(),
            speeds: Vec::new(),
            lines: Vec::new(),
            of_centre: BTreeMap::new(),
            line_codes: BTreeMap::new(),
            outside: BTreeMap::new(),
            families: BTreeMap::new(),
            findings: Vec::new(),
        };
        for calendar in &input.calendars {
            if all.calendars.contains_key(calendar.code.as_str()) {
                all.find(Place::Calendar(calendar.code.clone()), Fault::CodeTwice);
            } else {
                all.calendars.insert(&calendar.code, calendar);
            }
        }
        for (at, centre) in input.centres.iter().enumerate() {
            if all.of_centre.contains_key(centre.code.as_str()) {
                all.find(Place::Centre(centre.code.clone()), Fault::CodeTwice);
            } else {
                all.add_centre(u32::try_from(at).unwrap_or(NONE), centre);
            }
        }
        all
    }

    fn find(&mut self, on: Place, fault: Fault) {
        self.findings.push(Finding { on, fault });
    }

    /// The number of a family; the empty name is a family of its own.
    pub(crate) fn family(&mut self, name: &str) -> u32 {
        if let Some(known) = self.families.get(name) {
            return *known;
        }
        let next = u32::try_from(self.families.len()).unwrap_or(NONE);
        self.families.insert(name.to_owned(), next);
        next
    }

    fn add_centre(&mut self, at: u32, centre: &'a WorkCentre) {
        let mut banks: Vec<u32> = Vec::new();
        // Lines grouped by what makes them equal, in order of their first member.
        let mut groups: Vec<((u32, i64), Vec<usize>)> = Vec::new();
        for (n, line) in centre.lines.iter().enumerate() {
            let place = Place::Line {
                centre: centre.code.clone(),
                line: line.code.clone(),
            };
            if centre.lines.iter().take(n).any(|l| l.code == line.code) {
                self.find(place, Fault::CodeTwice);
                continue;
            }
            let plain = self.input.options.principles.department_factors == Use::Off;
            let speed = match line.operators.checked_mul(line.efficiency.0) {
                _ if plain => MICRO,
                Some(speed) if line.operators > 0 && speed > 0 => speed,
                _ => {
                    self.find(place, Fault::NoSpeed);
                    continue;
                }
            };
            let code = line.calendar.as_deref().unwrap_or(&centre.calendar);
            let extra = self.overtime(&centre.code, &line.code);
            let timeline = self.timeline(code, extra, &line.closed, &place);
            if !self
                .timelines
                .get(timeline as usize)
                .is_some_and(|t| t.is_ever_open(self.input.now))
            {
                self.find(place, Fault::NeverOpen);
                continue;
            }
            match groups.iter_mut().find(|g| g.0 == (timeline, speed)) {
                Some(group) => group.1.push(n),
                None => groups.push(((timeline, speed), vec![n])),
            }
        }
        if groups.is_empty() && centre.infinite && centre.lines.is_empty() {
            // Drying and ageing need no line of their own.
            let place = Place::Centre(centre.code.clone());
            let extra = self.overtime(&centre.code, "");
            let timeline = self.timeline(&centre.calendar, extra, &[], &place);
            groups.push(((timeline, MICRO), vec![]));
        }
        if groups.is_empty() {
            self.find(Place::Centre(centre.code.clone()), Fault::NoUsableLine);
        }
        for ((timeline, speed), members) in groups {
            banks.push(self.add_bank(at, centre, timeline, speed, &members));
        }
        self.of_centre.insert(&centre.code, banks);
    }

    fn add_bank(
        &mut self,
        at: u32,
        centre: &'a WorkCentre,
        timeline: u32,
        speed: i64,
        members: &[usize],
    ) -> u32 {
        let bank = u32::try_from(self.banks.len()).unwrap_or(NONE);
        let first_line = u32::try_from(self.lines.len()).unwrap_or(NONE);
        for n in members {
            let Some(line) = centre.lines.get(*n) else {
                continue;
            };
            let slot = u32::try_from(self.lines.len()).unwrap_or(NONE);
            let family = match &line.family {
                Some(name) => self.family(name),
                None => NONE,
            };
            self.line_codes.insert((&centre.code, &line.code), slot);
            self.lines.push(LineSlot {
                bank,
                line: u32::try_from(*n).unwrap_or(NONE),
                reserved: Vec::new(),
                family,
            });
        }
        if members.is_empty() {
            self.lines.push(LineSlot {
                bank,
                line: NONE,
                reserved: Vec::new(),
                family: NONE,
            });
        }
        self.banks.push(Bank {
            centre: at,
            first_line,
            line_count: u32::try_from(members.len().max(1)).unwrap_or(1),
            timeline,
            infinite: centre.infinite,
            changeover: centre.changeover_minutes.max(0),
            stretch: self.stretch(timeline),
        });
        self.speeds.push(speed);
        bank
    }

    /// The bank without capacity that counts an outside supplier's days.
    pub(super) fn outside_bank(&mut self, calendar: Option<&str>, place: &Place) -> u32 {
        if let Some(bank) = self.outside.get(&calendar.map(str::to_owned)) {
            return *bank;
        }
        let timeline = match calendar {
            None => self.keyed(
                (None, vec![], vec![], false),
                Timeline::always(self.input.now),
            ),
            Some(code) => match self.calendars.get(code).copied() {
                None => {
                    self.find(place.clone(), Fault::NoSuchCalendar(code.to_owned()));
                    self.keyed(
                        (None, vec![], vec![], false),
                        Timeline::always(self.input.now),
                    )
                }
                Some(c) => {
                    let days = Timeline::whole_days(c, self.input.now);
                    self.keyed((Some(code.to_owned()), vec![], vec![], true), days)
                }
            },
        };
        let bank = u32::try_from(self.banks.len()).unwrap_or(NONE);
        self.banks.push(Bank {
            centre: NONE,
            first_line: u32::try_from(self.lines.len()).unwrap_or(NONE),
            line_count: 1,
            timeline,
            infinite: true,
            changeover: 0,
            stretch: self.stretch(timeline),
        });
        self.lines.push(LineSlot {
            bank,
            line: NONE,
            reserved: Vec::new(),
            family: NONE,
        });
        self.speeds.push(MICRO);
        self.outside.insert(calendar.map(str::to_owned), bank);
        bank
    }

    /// The calendar of a bank with more open time, as a timeline.
    pub(crate) fn with_extra(&mut self, bank: u32, spans: &[Span]) -> u32 {
        let Some(slot) = self.banks.get(bank as usize).cloned() else {
            return 0;
        };
        let first = self
            .lines
            .get(slot.first_line as usize)
            .map_or(NONE, |l| l.line);
        let Some(centre) = self.input.centres.get(slot.centre as usize) else {
            return slot.timeline;
        };
        let line = centre.lines.get(first as usize);
        let code = line
            .and_then(|l| l.calendar.as_deref())
            .unwrap_or(&centre.calendar);
        let mut extra = self.overtime(&centre.code, line.map_or("", |l| &l.code));
        extra.extend_from_slice(spans);
        extra.sort_unstable();
        let closed = line.map_or(&[][..], |l| &l.closed);
        let place = Place::Centre(centre.code.clone());
        self.timeline(code, extra, closed, &place)
    }

    fn overtime(&self, centre: &str, line: &str) -> Vec<Span> {
        let mut spans: Vec<Span> = self
            .input
            .options
            .overtime
            .iter()
            .filter(|o| o.centre == centre && o.line.as_deref().is_none_or(|l| l == line))
            .flat_map(|o| o.spans.iter().copied())
            .collect();
        spans.sort_unstable();
        spans
    }

    fn timeline(&mut self, code: &str, extra: Vec<Span>, closed: &[Span], place: &Place) -> u32 {
        let now = self.input.now;
        match self.calendars.get(code).copied() {
            Some(calendar) => {
                let key = (Some(code.to_owned()), extra, closed.to_vec(), false);
                if let Some(at) = self.known.get(&key) {
                    return *at;
                }
                let made = Timeline::compile(calendar, now, &key.1, closed);
                self.keyed(key, made)
            }
            None => {
                self.find(place.clone(), Fault::NoSuchCalendar(code.to_owned()));
                let key = (None, vec![], closed.to_vec(), false);
                let made = Timeline::compile(&Calendar::always(""), now, &[], closed);
                self.keyed(key, made)
            }
        }
    }

    fn keyed(&mut self, key: TimeKey, made: Timeline) -> u32 {
        let next = u32::try_from(self.timelines.len()).unwrap_or(NONE);
        let at = *self.known.entry(key).or_insert(next);
        if at == next {
            self.timelines.push(made);
        }
        at
    }

    fn stretch(&self, timeline: u32) -> i64 {
        let now: Minute = self.input.now;
        let until = now + STRETCH_DAYS * DAY;
        let open = self
            .timelines
            .get(timeline as usize)
            .map_or(0, |t| t.open_between(now, until));
        (until - now) * 1000 / open.max(DAY)
    }
}
