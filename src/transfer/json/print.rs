//! Writes JSON for people and for comparing line by line: what fits on a line stands on one.

use serde_json::Value;

/// The widest line that a nested value is put on, in characters.
const WIDTH_MAX: usize = 120;

/// A value on its way out; keys keep the order they are given in.
#[derive(Debug, Clone)]
pub(super) enum Node {
    /// A scalar as it is written.
    Raw(String),
    List(Vec<Self>),
    Object(Vec<(&'static str, Self)>),
}

impl Node {
    pub(super) fn text(text: &str) -> Self {
        Self::Raw(Value::from(text).to_string())
    }

    pub(super) fn number(n: i64) -> Self {
        Self::Raw(n.to_string())
    }

    /// Writes the value on one line, unless it grows beyond `room` characters.
    fn flat(&self, room: usize) -> Option<String> {
        let mut out = String::new();
        self.flat_into(&mut out, room);
        (out.chars().count() <= room).then_some(out)
    }

    fn flat_into(&self, out: &mut String, room: usize) {
        // Bytes are never fewer than characters; four times the room is surely too long.
        if out.len() > room.saturating_mul(4) {
            return;
        }
        match self {
            Self::Raw(text) => out.push_str(text),
            Self::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { ", " });
                    item.flat_into(out, room);
                }
                out.push(']');
            }
            Self::Object(pairs) if pairs.is_empty() => out.push_str("{}"),
            Self::Object(pairs) => {
                for (at, (key, value)) in pairs.iter().enumerate() {
                    out.push_str(if at == 0 { "{ \"" } else { ", \"" });
                    out.push_str(key);
                    out.push_str("\": ");
                    value.flat_into(out, room);
                }
                out.push_str(" }");
            }
        }
    }

    /// Writes the value, its first line continuing the line so far.
    pub(super) fn write(&self, out: &mut String, indent: usize) {
        if let Some(flat) = self.flat(WIDTH_MAX.saturating_sub(indent)) {
            out.push_str(&flat);
            return;
        }
        match self {
            Self::Raw(text) => out.push_str(text),
            Self::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    line(out, at, indent + 2);
                    item.write(out, indent + 2);
                }
                close(out, indent, ']');
            }
            Self::Object(pairs) => {
                out.push('{');
                for (at, (key, value)) in pairs.iter().enumerate() {
                    line(out, at, indent + 2);
                    out.push('"');
                    out.push_str(key);
                    out.push_str("\": ");
                    value.write(out, indent + 2);
                }
                close(out, indent, '}');
            }
        }
    }
}

/// Begins the line of an entry, after the comma of the one before.
pub(super) fn line(out: &mut String, at: usize, indent: usize) {
    out.push_str(if at == 0 { "\n" } else { ",\n" });
    out.push_str(&" ".repeat(indent));
}

/// Ends a list or an object on a line of its own.
pub(super) fn close(out: &mut String, indent: usize, bracket: char) {
    out.push('\n');
    out.push_str(&" ".repeat(indent));
    out.push(bracket);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_things_stand_on_a_line_and_long_ones_do_not() {
        let short = Node::Object(vec![("a", Node::number(1)), ("b", Node::List(vec![]))]);
        let long = Node::List(vec![short.clone(), Node::text(&"长\"".repeat(70))]);
        let mut out = String::new();
        long.write(&mut out, 0);
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines.len(), 4);
        assert_eq!(lines[1], "  { \"a\": 1, \"b\": [] },");
        assert!(lines[2].starts_with("  \"长\\\"长"));
        let back: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(back[1], "长\"".repeat(70));
    }
}
