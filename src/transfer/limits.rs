//! Every limit of what is read from outside, in one place, each with its reason.
//!
//! They hold before memory is taken: a file made to exhaust the machine is refused with a sentence
//! that names the limit. Those of the interchange file stand in [`super::json`], those of text that
//! is shown in `text::safe`.

/// The largest file of orders, purchases or progress, in megabytes: reading takes some four times
/// as much memory.
pub const FILE_MB_MAX: usize = 32;
/// The same in bytes.
pub const FILE_BYTES_MAX: usize = FILE_MB_MAX * 1024 * 1024;
/// The most rows of a sheet.
pub const ROWS_MAX: usize = 100_000;
/// The most columns of a sheet that hold anything.
pub const COLUMNS_MAX: usize = 512;
/// The most cells of a file, blank ones between others included.
pub const CELLS_MAX: usize = 2_000_000;
/// The longest text of a cell or an element, in characters: what a spreadsheet program can hold.
pub const CELL_MAX: usize = 32_767;
/// All texts of a workbook together, in bytes: a short file can name one long text many times.
pub const TEXT_BYTES_MAX: usize = 32 * 1024 * 1024;
/// The most sheets of a workbook.
pub const SHEETS_MAX: usize = 200;
/// How many files a workbook may pack.
pub const MEMBERS_MAX: usize = 2_000;
/// What a workbook may take when unpacked, in megabytes.
pub const INFLATED_MB_MAX: usize = 192;
/// The texts that sheets share, in bytes, and how many there may be.
pub const SHARED_BYTES_MAX: usize = 64 * 1024 * 1024;
/// XML elements of a workbook outside its sheets and texts: styles, names, relations.
pub const TAGS_MAX: usize = 400_000;
/// The longest stretch without a tag in a packed XML file, in bytes: a full cell, every character
/// as an entity.
pub const RUN_MAX: usize = 1024 * 1024;
/// How much larger than itself a packed file may become, beyond [`INFLATED_FREE`].
pub const INFLATION_MAX: usize = 200;
/// Up to here the ratio says nothing: small files of blanks pack well.
pub const INFLATED_FREE: usize = 16 * 1024 * 1024;
/// The longest message text (`.txt`, the words of a PDF), in characters.
pub const MESSAGE_MAX: usize = 200_000;
/// The most parts of a mail, nested ones included.
pub const PARTS_MAX: usize = 200;
/// The deepest nesting of parts and of mails in mails.
pub const MIME_DEPTH_MAX: usize = 16;
/// The most lines of headers, those of all parts together.
pub const HEADER_LINES_MAX: usize = 10_000;
/// The most attachments of a mail.
pub const ATTACHMENTS_MAX: usize = 50;
/// All attachments of a mail together, in megabytes.
pub const ATTACHED_MB_MAX: usize = 24;
/// The longest name of an attachment, in characters.
pub const NAME_MAX: usize = 120;
/// The most segments of an EDI file.
pub const SEGMENTS_MAX: usize = 200_000;
/// The longest segment, in characters.
pub const SEGMENT_MAX: usize = 32_767;
/// The most elements and components of an EDI file.
pub const ELEMENTS_MAX: usize = 1_000_000;
/// The deepest nesting of an XML order.
pub const XML_DEPTH_MAX: usize = 64;
/// The most lines of one XML order.
pub const XML_LINES_MAX: usize = 10_000;
/// The longest number or date that is looked at, in characters.
pub const NUMBER_MAX: usize = 64;
/// The largest mapping file, in bytes, and its most entries.
pub const MAP_BYTES_MAX: usize = 256 * 1024;
pub const MAP_ENTRIES_MAX: usize = 2_000;

/// A limit that was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    File,
    Rows,
    Columns,
    Cells,
    Cell,
    Text,
    Sheets,
    Members,
    Tags,
    /// The unpacked size, said or real.
    Inflated,
    /// The unpacked size against the packed one.
    Ratio,
    Message,
    Parts,
    MimeDepth,
    HeaderLines,
    Attachments,
    Attached,
    Segments,
    Segment,
    Elements,
    XmlDepth,
    XmlLines,
    Map,
}

impl Limit {
    pub const ALL: [Self; 23] = [
        Self::File,
        Self::Rows,
        Self::Columns,
        Self::Cells,
        Self::Cell,
        Self::Text,
        Self::Sheets,
        Self::Members,
        Self::Tags,
        Self::Inflated,
        Self::Ratio,
        Self::Message,
        Self::Parts,
        Self::MimeDepth,
        Self::HeaderLines,
        Self::Attachments,
        Self::Attached,
        Self::Segments,
        Self::Segment,
        Self::Elements,
        Self::XmlDepth,
        Self::XmlLines,
        Self::Map,
    ];

    /// The most that is accepted, in the unit that its sentence names.
    #[must_use]
    pub const fn most(self) -> usize {
        match self {
            Self::File => FILE_MB_MAX,
            Self::Rows => ROWS_MAX,
            Self::Columns => COLUMNS_MAX,
            Self::Cells => CELLS_MAX,
            Self::Cell => CELL_MAX,
            Self::Text => TEXT_BYTES_MAX / 1024 / 1024,
            Self::Sheets => SHEETS_MAX,
            Self::Members => MEMBERS_MAX,
            Self::Tags => TAGS_MAX,
            Self::Inflated => INFLATED_MB_MAX,
            Self::Ratio => INFLATION_MAX,
            Self::Message => MESSAGE_MAX,
            Self::Parts => PARTS_MAX,
            Self::MimeDepth => MIME_DEPTH_MAX,
            Self::HeaderLines => HEADER_LINES_MAX,
            Self::Attachments => ATTACHMENTS_MAX,
            Self::Attached => ATTACHED_MB_MAX,
            Self::Segments => SEGMENTS_MAX,
            Self::Segment => SEGMENT_MAX,
            Self::Elements => ELEMENTS_MAX,
            Self::XmlDepth => XML_DEPTH_MAX,
            Self::XmlLines => XML_LINES_MAX,
            Self::Map => MAP_ENTRIES_MAX,
        }
    }
}
