//! Segments, elements and components of an interchange.

use crate::transfer::limits::{ELEMENTS_MAX, Limit, SEGMENT_MAX, SEGMENTS_MAX};
use crate::transfer::sheet::SheetError;

/// A segment: its tag and its elements, each with its components.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    /// Which segment of the file it is, from one.
    pub(super) no: usize,
    pub(super) tag: String,
    elements: Vec<Vec<String>>,
}

impl Segment {
    /// A component, both counted from one; empty where there is none.
    pub(super) fn get(&self, element: usize, component: usize) -> &str {
        self.elements
            .get(element.wrapping_sub(1))
            .and_then(|e| e.get(component.wrapping_sub(1)))
            .map_or("", |c| c.trim())
    }

    /// All components of an element joined; X12 has one of each.
    pub(super) fn all(&self, element: usize) -> String {
        let components = self.elements.get(element.wrapping_sub(1));
        super::joined(components.into_iter().flatten().map(String::as_str))
    }

    pub(super) fn len(&self) -> usize {
        self.elements.len()
    }
}

/// The service characters of an interchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Syntax {
    component: char,
    element: char,
    /// Makes the next character plain; X12 has none.
    release: Option<char>,
    decimal: char,
    end: char,
    /// Characters of a service string advice in front.
    skip: usize,
    x12: bool,
}

impl Syntax {
    /// As the file says (UNA, ISA) or as ISO 9735 has it where it does not; none for half an ISA.
    pub(super) fn of(text: &str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("UNA") {
            let mut marks = rest.chars();
            let mut next = || marks.next();
            let (component, element, decimal, release, _, end) =
                (next()?, next()?, next()?, next()?, next()?, next()?);
            let release = (release != ' ').then_some(release);
            let skip = text.chars().take(9).map(char::len_utf8).sum();
            return Some(Self {
                component,
                element,
                release,
                decimal,
                end,
                skip,
                x12: false,
            });
        }
        if let Some(rest) = text.strip_prefix("ISA") {
            let element = rest.chars().next()?;
            // The sixteenth element is one character, the segment's end stands right behind it.
            let mut last = rest.splitn(17, element).nth(16)?.chars();
            return Some(Self {
                component: last.next()?,
                element,
                release: None,
                decimal: '.',
                end: last.next()?,
                skip: 0,
                x12: true,
            });
        }
        Some(Self {
            component: ':',
            element: '+',
            release: Some('?'),
            decimal: '.',
            end: '\'',
            skip: 0,
            x12: false,
        })
    }

    pub(super) const fn is_x12(self) -> bool {
        self.x12
    }

    /// Cuts a text into segments; line breaks between them are no data.
    pub(super) fn split(self, text: &str) -> Result<Vec<Segment>, SheetError> {
        let mut out = Vec::new();
        let mut elements = vec![vec![String::new()]];
        let mut chars = text.get(self.skip..).unwrap_or_default().chars();
        let (mut length, mut left) = (0, ELEMENTS_MAX);
        while let Some(c) = chars.next() {
            let at = |limit| SheetError::at(limit, "", out.len() + 1, None);
            length += 1;
            if length > SEGMENT_MAX {
                return Err(at(Limit::Segment));
            }
            if c == self.element || c == self.component {
                left = usize::checked_sub(left, 1).ok_or_else(|| at(Limit::Elements))?;
            }
            if self.release == Some(c) {
                if let Some(plain) = chars.next() {
                    put(&mut elements, plain);
                }
            } else if c == self.end {
                if out.len() >= SEGMENTS_MAX {
                    return Err(at(Limit::Segments));
                }
                length = 0;
                let done = std::mem::replace(&mut elements, vec![vec![String::new()]]);
                out.extend(segment(done, out.len() + 1));
            } else if c == self.element {
                elements.push(vec![String::new()]);
            } else if c == self.component && !(self.x12 && is_header(&elements)) {
                if let Some(element) = elements.last_mut() {
                    element.push(String::new());
                }
            } else if !matches!(c, '\r' | '\n') {
                put(&mut elements, c);
            }
        }
        // What stands behind the last end is no segment: a cut file shows by its missing trailer.
        Ok(out)
    }

    /// A number as it is written here, with a point.
    pub(super) fn number(self, text: &str) -> String {
        if self.decimal == ',' {
            text.replace(',', ".")
        } else {
            text.to_owned()
        }
    }
}

/// The interchange header names the component mark in its last element.
fn is_header(elements: &[Vec<String>]) -> bool {
    elements
        .first()
        .and_then(|e| e.first())
        .is_some_and(|tag| tag.trim() == "ISA")
}

fn put(elements: &mut [Vec<String>], c: char) {
    if let Some(component) = elements.last_mut().and_then(|e| e.last_mut()) {
        component.push(c);
    }
}

fn segment(mut elements: Vec<Vec<String>>, no: usize) -> Option<Segment> {
    if elements.is_empty() {
        return None;
    }
    let tag = elements.remove(0).into_iter().next()?.trim().to_owned();
    (!tag.is_empty()).then_some(Segment { no, tag, elements })
}
