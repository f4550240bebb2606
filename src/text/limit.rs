//! Limits of what is read from outside, in words: what was reached, and what to do.

use super::word::{Lang, word};
use crate::transfer::limits::Limit;

/// What is wrong and what would be right, where a file reached a limit.
#[must_use]
pub fn reached(limit: Limit, lang: Lang) -> (String, String) {
    let (wrong, right) = match limit {
        Limit::File => (
            word("文件太大", "the file is too large"),
            word("最大 {0} MB", "{0} MB at most"),
        ),
        Limit::Rows => (
            word("行数太多", "there are too many rows"),
            word("最多 {0} 行，分成几个文件", "{0} at most; split the file"),
        ),
        Limit::Columns => (
            word("列数太多", "there are too many columns"),
            word(
                "最多 {0} 列，删去没用的列",
                "{0} at most; delete those not needed",
            ),
        ),
        Limit::Cells => (
            word("单元格太多", "there are too many cells"),
            word("最多 {0} 格，分成几个文件", "{0} at most; split the file"),
        ),
        Limit::Cell => (
            word("内容太长", "the text is too long"),
            word("最长 {0} 个字符", "{0} characters at most"),
        ),
        Limit::Text => (
            word("文字总量太大", "its texts are too long together"),
            word(
                "合计最多 {0} MB，分成几个文件",
                "{0} MB at most; split the file",
            ),
        ),
        Limit::Sheets => (
            word("工作表太多", "there are too many sheets"),
            word(
                "最多 {0} 张，删去没用的",
                "{0} at most; delete those not needed",
            ),
        ),
        Limit::Members => (
            word("压缩包里的文件太多", "it packs too many files"),
            word(
                "最多 {0} 个，用表格程序另存后再试",
                "{0} at most; save it again from a spreadsheet program",
            ),
        ),
        Limit::Tags => (
            word("样式或名称太多", "it has too many styles or names"),
            word(
                "最多 {0} 个 XML 元素，用表格程序另存后再试",
                "{0} XML elements at most; save it again from a spreadsheet program",
            ),
        ),
        Limit::Inflated => (
            word("解压后太大", "it is too large when unpacked"),
            word(
                "解压后最大 {0} MB，分成几个文件",
                "{0} MB at most; split the file",
            ),
        ),
        Limit::Ratio => (
            word("解压后异常地大", "it would unpack to an abnormal size"),
            word(
                "最多为文件的 {0} 倍，用表格程序另存后再试",
                "{0} times the file at most; save it again from a spreadsheet program",
            ),
        ),
        Limit::Message => (
            word("文字太长", "the text is too long"),
            word(
                "最长 {0} 个字符，只留有关的部分",
                "{0} characters at most; keep the part that matters",
            ),
        ),
        Limit::Parts => (
            word("邮件的部分太多", "the mail has too many parts"),
            word(
                "最多 {0} 个，把附件另存后导入",
                "{0} at most; save the attachment and import that",
            ),
        ),
        Limit::MimeDepth => (
            word("邮件嵌套太深", "the mail is nested too deep"),
            word(
                "最多 {0} 层，把附件另存后导入",
                "{0} levels at most; save the attachment and import that",
            ),
        ),
        Limit::HeaderLines => (
            word("邮件头太长", "the mail has too many header lines"),
            word(
                "最多 {0} 行，把附件另存后导入",
                "{0} at most; save the attachment and import that",
            ),
        ),
        Limit::Attachments => (
            word("附件太多", "the mail has too many attachments"),
            word(
                "最多 {0} 个，把要导入的另存后导入",
                "{0} at most; save those needed and import them",
            ),
        ),
        Limit::Attached => (
            word("附件太大", "the attachments are too large"),
            word(
                "合计最多 {0} MB，把附件另存后导入",
                "{0} MB at most; save the attachment and import that",
            ),
        ),
        Limit::Segments => (
            word("段数太多", "there are too many segments"),
            word(
                "最多 {0} 段，请对方分开发",
                "{0} at most; ask for it in parts",
            ),
        ),
        Limit::Segment => (
            word("段太长", "the segment is too long"),
            word(
                "最长 {0} 个字符，请对方重发",
                "{0} characters at most; ask for it again",
            ),
        ),
        Limit::Elements => (
            word("数据元太多", "there are too many elements"),
            word(
                "最多 {0} 个，请对方分开发",
                "{0} at most; ask for it in parts",
            ),
        ),
        Limit::XmlDepth => (
            word("XML 嵌套太深", "the XML is nested too deep"),
            word(
                "最多 {0} 层，请对方重发",
                "{0} levels at most; ask for it again",
            ),
        ),
        Limit::XmlLines => (
            word("订单行太多", "the order has too many lines"),
            word(
                "最多 {0} 行，请对方分开发",
                "{0} at most; ask for it in parts",
            ),
        ),
        Limit::Map => (
            word("映射文件太大", "the mapping file is too large"),
            word(
                "最多 {0} 项，只写用得到的列",
                "{0} entries at most; name the columns needed",
            ),
        ),
    };
    let most = super::format::count(limit.most());
    (wrong.text(lang).to_owned(), right.fill(lang, &[&most]))
}
