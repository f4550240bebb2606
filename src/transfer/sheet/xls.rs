//! Looks into an old workbook (XLS) before it is read: chains of sectors, extents, shared texts.
//!
//! The file is a compound file (MS-CFB) that holds a stream of records (MS-XLS). Chains that loop
//! or lead out of the file, and sheets that say they are huge, would make the reader fill the
//! memory; they are refused here.

use std::collections::BTreeSet;

use super::SheetError;
use crate::transfer::limits::{CELLS_MAX, Limit, ROWS_MAX, SHEETS_MAX, TEXT_BYTES_MAX};

const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
const END: u32 = 0xFFFF_FFFE;
/// Sector numbers from here on have other meanings.
const RESERVED: u32 = 0xFFFF_FFFA;
/// Streams below this size lie in the small sectors of the root.
const SMALL: usize = 4096;
const SMALL_SECTOR: usize = 64;
/// A sheet formatted down to its last row and column says so without holding anything.
const EXTENT_MAX: u64 = 65_536 * 256;

/// Whether the bytes begin as a compound file does.
pub(super) fn is(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Judges a compound file and the records of its workbook.
pub(super) fn look(bytes: &[u8]) -> Result<(), SheetError> {
    let stream = Compound::open(bytes)
        .and_then(|file| file.workbook())
        .ok_or_else(|| SheetError::Damaged("compound file".to_owned()))?;
    records(&stream)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(two.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).filter_map(|four| u32_at(four, 0))
}

struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    small_fat: Vec<u32>,
    /// Name, first sector, size of the streams; the root first.
    entries: Vec<(String, u32, usize)>,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Self {
            bytes,
            sector,
            fat: Vec::new(),
            small_fat: Vec::new(),
            entries: Vec::new(),
        };
        let mut tables: Vec<u32> = numbers(bytes.get(76..512)?).collect();
        let mut next = u32_at(bytes, 68)?;
        let mut seen = BTreeSet::new();
        while next < RESERVED {
            if !seen.insert(next) {
                return None;
            }
            tables.extend(numbers(file.sector(next)?));
            next = tables.pop()?;
        }
        for id in tables.into_iter().filter(|id| *id < RESERVED) {
            let table = file.sector(id)?;
            file.fat.extend(numbers(table));
            if file.fat.len() > bytes.len() {
                return None;
            }
        }
        for entry in file.chain(u32_at(bytes, 48)?)?.chunks_exact(128) {
            file.entries.push(entry_of(entry)?);
        }
        let small = u32_at(bytes, 60)?;
        if u32_at(bytes, 64)? > 0 {
            file.small_fat = numbers(&file.chain(small)?).collect();
        }
        Some(file)
    }

    fn sector(&self, id: u32) -> Option<&'a [u8]> {
        let at = (usize::try_from(id).ok()?.checked_add(1)?).checked_mul(self.sector)?;
        let rest = self.bytes.get(at..)?;
        // The last sector of a file may be cut short.
        (!rest.is_empty()).then(|| rest.get(..self.sector).unwrap_or(rest))
    }

    /// The bytes of a chain; none where it loops or leads out of the file.
    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut id = start;
        while id != END {
            out.extend_from_slice(self.sector(id)?);
            if out.len() > self.bytes.len() {
                return None;
            }
            id = *self.fat.get(usize::try_from(id).ok()?)?;
        }
        Some(out)
    }

    fn small_chain(&self, start: u32, root: &[u8]) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut id = start;
        while id != END {
            let at = usize::try_from(id).ok()?.checked_mul(SMALL_SECTOR)?;
            let rest = root.get(at..).filter(|r| !r.is_empty())?;
            out.extend_from_slice(rest.get(..SMALL_SECTOR).unwrap_or(rest));
            if out.len() > root.len() {
                return None;
            }
            id = *self.small_fat.get(usize::try_from(id).ok()?)?;
        }
        Some(out)
    }

    /// The stream of the workbook; all streams are looked at, since the reader follows others too.
    fn workbook(&self) -> Option<Vec<u8>> {
        let (_, root, _) = self.entries.first()?;
        let root = if self.small_fat.is_empty() {
            Vec::new()
        } else {
            self.chain(*root)?
        };
        let mut found = None;
        for (name, start, size) in self.entries.iter().skip(1).filter(|e| e.2 > 0) {
            if *size > self.bytes.len() {
                return None;
            }
            let mut stream = if *size < SMALL {
                self.small_chain(*start, &root)?
            } else {
                self.chain(*start)?
            };
            if stream.len() < *size {
                return None;
            }
            stream.truncate(*size);
            let name = name.to_lowercase();
            if name == "workbook" || (name == "book" && found.is_none()) {
                found = Some(stream);
            }
        }
        found
    }
}

fn entry_of(bytes: &[u8]) -> Option<(String, u32, usize)> {
    let units = bytes.get(..64)?.chunks_exact(2);
    let units = units
        .filter_map(|two| u16_at(two, 0))
        .take_while(|u| *u != 0);
    let name = char::decode_utf16(units)
        .map(|c| c.unwrap_or(' '))
        .collect();
    // Storages have no bytes of their own.
    let is_stream = matches!(bytes.get(66), Some(2 | 5));
    let size = if is_stream { u32_at(bytes, 120)? } else { 0 };
    Some((name, u32_at(bytes, 116)?, usize::try_from(size).ok()?))
}

/// The extent of one run of records.
#[derive(Clone, Copy)]
struct Extent {
    rows: (u16, u16),
    columns: (u16, u16),
}

impl Extent {
    const NONE: Self = Self {
        rows: (u16::MAX, 0),
        columns: (u16::MAX, 0),
    };

    fn add(&mut self, row: u16, column: u16) {
        self.rows = (self.rows.0.min(row), self.rows.1.max(row));
        self.columns = (self.columns.0.min(column), self.columns.1.max(column));
    }

    fn rows(self) -> usize {
        (usize::from(self.rows.1) + 1).saturating_sub(self.rows.0.into())
    }

    fn cells(self) -> usize {
        let columns = (usize::from(self.columns.1) + 1).saturating_sub(self.columns.0.into());
        self.rows() * columns
    }
}

fn records(stream: &[u8]) -> Result<(), SheetError> {
    let damaged = || SheetError::Damaged("records".to_owned());
    let (mut at, mut extent, mut cells) = (0, Extent::NONE, 0_usize);
    let (mut begins, mut sheets) = (BTreeSet::new(), BTreeSet::new());
    let (mut shared, mut shared_open) = (Vec::<Vec<u8>>::new(), false);
    let mut named: Vec<usize> = Vec::new();
    while let (Some(kind), Some(size)) = (u16_at(stream, at), u16_at(stream, at + 2)) {
        let body = stream
            .get(at + 4..at + 4 + usize::from(size))
            .ok_or_else(damaged)?;
        let place = || Some((u16_at(body, 0)?, u16_at(body, 2)?));
        match kind {
            0x0809 => {
                begins.insert(at);
                cells = cells.saturating_add(extent.cells());
                extent = Extent::NONE;
            }
            0x0085 => {
                let begin = u32_at(body, 0).and_then(|n| usize::try_from(n).ok());
                if !sheets.insert(begin.ok_or_else(damaged)?) {
                    return Err(damaged());
                }
            }
            0x0200 => dimension(body)?,
            0x00FC => shared.push(body.to_vec()),
            0x003C if shared_open => shared.push(body.to_vec()),
            0x0203 | 0x0204 | 0x00D6 | 0x0205 | 0x027E | 0x00FD | 0x0006 => {
                let (row, column) = place().ok_or_else(damaged)?;
                extent.add(row, column);
                if kind == 0x00FD {
                    let n = u32_at(body, 6).and_then(|n| usize::try_from(n).ok());
                    named.extend(n);
                }
            }
            0x00BD => {
                let (row, first) = place().ok_or_else(damaged)?;
                let last = body.len().checked_sub(2).and_then(|n| u16_at(body, n));
                extent.add(row, first);
                extent.add(row, last.filter(|l| *l >= first).ok_or_else(damaged)?);
            }
            _ => {}
        }
        shared_open = kind == 0x00FC || (kind == 0x003C && shared_open);
        if extent.rows() > ROWS_MAX {
            return Err(Limit::Rows.into());
        }
        if cells.saturating_add(extent.cells()) > CELLS_MAX {
            return Err(Limit::Cells.into());
        }
        at += 4 + usize::from(size);
    }
    if sheets.len() > SHEETS_MAX {
        return Err(Limit::Sheets.into());
    }
    if !sheets.is_subset(&begins) {
        return Err(damaged());
    }
    named_texts(&shared, &named)
}

/// `rwMic`, `rwMac`, `colMic`, `colMac` of MS-XLS 2.4.90; shorter before Excel 97.
fn dimension(body: &[u8]) -> Result<(), SheetError> {
    let wide = || {
        Some([
            u32_at(body, 0)?,
            u32_at(body, 4)?,
            u16_at(body, 8)?.into(),
            u16_at(body, 10)?.into(),
        ])
    };
    let narrow = || {
        let at = |n| u16_at(body, n).map(u32::from);
        Some([at(0)?, at(2)?, at(4)?, at(6)?])
    };
    let said = if body.len() >= 14 { wide() } else { narrow() };
    let Some([top, bottom, left, right]) = said else {
        return Err(SheetError::Damaged("dimension".to_owned()));
    };
    let (rows, columns) = (bottom.saturating_sub(top), right.saturating_sub(left));
    if top > bottom || left > right || u64::from(rows) * u64::from(columns) > EXTENT_MAX {
        return Err(SheetError::Damaged("dimension".to_owned()));
    }
    Ok(())
}

/// Each cell gets a copy of the shared text it names: all copies together are limited.
fn named_texts(shared: &[Vec<u8>], named: &[usize]) -> Result<(), SheetError> {
    let whole: usize = shared.iter().map(Vec::len).sum();
    if whole.saturating_mul(named.len()) <= TEXT_BYTES_MAX {
        return Ok(());
    }
    let lengths = lengths(shared);
    // A text that cannot be measured counts as the longest there is.
    let long = whole.min(65_535);
    let mut total = 0_usize;
    for n in named {
        total = total.saturating_add(lengths.get(*n).copied().unwrap_or(long));
        if total > TEXT_BYTES_MAX {
            return Err(Limit::Text.into());
        }
    }
    Ok(())
}

/// Characters of the shared texts (MS-XLS 2.4.265): each with its count, its flags, and what its
/// formats and sounds take behind it. A text may go on in the next record, after a new flag.
fn lengths(shared: &[Vec<u8>]) -> Vec<usize> {
    let mut out = Vec::new();
    let (mut record, mut at) = (0, 8);
    let one = |record: &mut usize, at: &mut usize| {
        while *at >= shared.get(*record)?.len() {
            *at = 0;
            *record += 1;
        }
        let body = shared.get(*record)?;
        let characters = usize::from(u16_at(body, *at)?);
        let flags = *body.get(*at + 2)?;
        *at += 3;
        let runs = if flags & 8 == 0 {
            0
        } else {
            usize::from(u16_at(body, *at)?)
        };
        *at += if flags & 8 == 0 { 0 } else { 2 };
        let sounds = if flags & 4 == 0 {
            0
        } else {
            usize::try_from(u32_at(body, *at)?).ok()?
        };
        *at += if flags & 4 == 0 { 0 } else { 4 };
        let (mut left, mut size) = (characters, 1 + usize::from(flags & 1));
        loop {
            let here = (shared.get(*record)?.len().saturating_sub(*at) / size).min(left);
            *at += here * size;
            left -= here;
            if left == 0 {
                break;
            }
            *record += 1;
            size = 1 + usize::from(*shared.get(*record)?.first()? & 1);
            *at = 1;
        }
        let mut behind = runs.checked_mul(4)?.checked_add(sounds)?;
        while behind > 0 {
            let here = shared.get(*record)?.len().saturating_sub(*at).min(behind);
            *at += here;
            behind -= here;
            if behind > 0 {
                *record += 1;
                *at = 0;
            }
        }
        Some(characters)
    };
    while let Some(length) = one(&mut record, &mut at) {
        out.push(length);
        if out.len() > CELLS_MAX {
            break;
        }
    }
    out
}
