//! Announcing many visits by a table: CSV with headings in either language.
//!
//! Nothing is announced while a line is wrong, and every wrong line says what is expected.

use super::VisitorType;
use crate::people::Language;
use chrono::{NaiveDate, NaiveTime};

/// One line of the table, well written; whether the host exists, the books say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line in the file, 1 for the headings.
    pub line: usize,
    /// 姓名: who comes.
    pub name: String,
    /// 电话: digits; empty for none.
    pub phone: String,
    /// 单位: the company they come from; empty for none.
    pub company: String,
    /// 类型: a guest where the table does not say.
    pub of: VisitorType,
    /// 被访人: the host's whole name.
    pub host: String,
    /// 房间: a room of the host's company; empty for the property office.
    pub room: String,
    /// 日期
    pub day: NaiveDate,
    /// 开始
    pub from: NaiveTime,
    /// 结束
    pub until: NaiveTime,
}

/// What a table of visits holds in one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// 姓名 name
    Name,
    /// 电话 phone
    Phone,
    /// 单位 company
    Company,
    /// 类型 type
    Type,
    /// 被访人 host
    Host,
    /// 房间 room
    Room,
    /// 日期 date
    Date,
    /// 开始 from
    From,
    /// 结束 until
    Until,
}

impl Column {
    /// What stands at its head.
    pub fn name(self, language: Language) -> &'static str {
        let named = COLUMNS.iter().find(|known| known.0 == self);
        named.map_or("", |(_, zh, en, _)| match language {
            Language::Chinese => zh,
            Language::English => en,
        })
    }
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// A heading is missing; line 1.
    NoColumn(Column),
    /// The line has another number of fields than the headings.
    Fields {
        /// As many as the headings.
        expected: usize,
        /// As many as stand there.
        found: usize,
    },
    /// A quotation mark is not closed.
    Quote,
    /// A field that has to be filled is empty.
    Empty(Column),
    /// A field cannot be read: digits, a type, `2026-11-25`, `09:00`.
    Unread(Column),
    /// The end is not after the beginning.
    Window,
    /// Nobody of that name works in that room.
    UnknownHost,
    /// More than one of that name works in that room.
    SeveralHosts,
}

/// A wrong line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineError {
    /// Its number in the file, 1 for the headings.
    pub line: usize,
    /// What is wrong with it.
    pub wrong: Wrong,
}

const COLUMNS: [(Column, &str, &str, bool); 9] = [
    (Column::Name, "姓名", "name", true),
    (Column::Phone, "电话", "phone", false),
    (Column::Company, "单位", "company", false),
    (Column::Type, "类型", "type", false),
    (Column::Host, "被访人", "host", true),
    (Column::Room, "房间", "room", true),
    (Column::Date, "日期", "date", true),
    (Column::From, "开始", "from", true),
    (Column::Until, "结束", "until", true),
];

const TYPES: [(VisitorType, &str, &str); 5] = [
    (VisitorType::Guest, "访客", "guest"),
    (VisitorType::Contractor, "施工人员", "contractor"),
    (VisitorType::Courier, "快递", "courier"),
    (VisitorType::ProspectiveTenant, "看房", "prospective tenant"),
    (VisitorType::Interview, "面试", "interview"),
];

/// Reads a whole table, or says everything that is wrong with it.
pub fn read(text: &str) -> Result<Vec<Row>, Vec<LineError>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut records = records(text).into_iter();
    let headings: Vec<String> = records
        .next()
        .and_then(|(_, fields)| fields)
        .unwrap_or_default()
        .iter()
        .map(|heading| heading.to_lowercase())
        .collect();
    let place = |wanted: Column| {
        let (_, zh, en, _) = COLUMNS.iter().find(|known| known.0 == wanted)?;
        headings
            .iter()
            .position(|heading| heading == zh || heading == en)
    };
    let mut wrong: Vec<LineError> = COLUMNS
        .iter()
        .filter(|(column, .., needed)| *needed && place(*column).is_none())
        .map(|(column, ..)| LineError {
            line: 1,
            wrong: Wrong::NoColumn(*column),
        })
        .collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let mut rows = Vec::new();
    for (line, fields) in records {
        let fields = fields.ok_or(Wrong::Quote);
        match fields.and_then(|fields| row(line, &fields, headings.len(), &place)) {
            Ok(row) => rows.push(row),
            Err(error) => wrong.push(LineError { line, wrong: error }),
        }
    }
    if wrong.is_empty() {
        Ok(rows)
    } else {
        Err(wrong)
    }
}

fn row(
    line: usize,
    fields: &[String],
    expected: usize,
    place: &impl Fn(Column) -> Option<usize>,
) -> Result<Row, Wrong> {
    if fields.len() != expected {
        return Err(Wrong::Fields {
            expected,
            found: fields.len(),
        });
    }
    let field = |column| place(column).map_or("", |at| fields[at].as_str());
    let needed = |column| match field(column) {
        "" => Err(Wrong::Empty(column)),
        text => Ok(text),
    };
    let phone: String = field(Column::Phone)
        .chars()
        .filter(|c| !" -+".contains(*c))
        .collect();
    if !phone.chars().all(|c| c.is_ascii_digit()) {
        return Err(Wrong::Unread(Column::Phone));
    }
    let of = match field(Column::Type).to_lowercase().as_str() {
        "" => VisitorType::Guest,
        word => {
            let known = TYPES.iter().find(|(_, zh, en)| word == *zh || word == *en);
            known.ok_or(Wrong::Unread(Column::Type))?.0
        }
    };
    let time = |column| {
        NaiveTime::parse_from_str(needed(column)?, "%H:%M").map_err(|_| Wrong::Unread(column))
    };
    let (from, until) = (time(Column::From)?, time(Column::Until)?);
    if until <= from {
        return Err(Wrong::Window);
    }
    Ok(Row {
        line,
        name: needed(Column::Name)?.to_owned(),
        phone,
        company: field(Column::Company).to_owned(),
        of,
        host: needed(Column::Host)?.to_owned(),
        room: field(Column::Room).to_owned(),
        day: NaiveDate::parse_from_str(needed(Column::Date)?, "%Y-%m-%d")
            .map_err(|_| Wrong::Unread(Column::Date))?,
        from,
        until,
    })
}

/// The records with the lines they begin in, empty lines left out; no fields where a quotation mark
/// stays open. Commas may be Chinese ones, which no library of comma-separated values reads.
fn records(text: &str) -> Vec<(usize, Option<Vec<String>>)> {
    let (mut found, mut rest, mut line) = (Vec::new(), text, 1);
    while !rest.is_empty() {
        let (fields, length) = match record(rest) {
            Some((fields, length)) => (Some(fields), length),
            // Only the line in which it was opened is lost.
            None => (None, rest.find('\n').map_or(rest.len(), |end| end + 1)),
        };
        let (these, after) = rest.split_at(length);
        if !these.trim().is_empty() {
            found.push((line, fields));
        }
        line += these.matches('\n').count();
        rest = after;
    }
    found
}

/// The fields of the record that begins here, and how many bytes it takes with the end of its line;
/// none where a quotation mark stays open. Between quotation marks a line may end.
fn record(text: &str) -> Option<(Vec<String>, usize)> {
    let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = text.char_indices().peekable();
    let mut length = text.len();
    while let Some((place, char)) = chars.next() {
        match (char, quoted) {
            ('"', true) if chars.peek().is_some_and(|(_, next)| *next == '"') => {
                field.extend(chars.next().map(|(_, quote)| quote));
            }
            ('"', _) => quoted = !quoted,
            (',' | '，', false) => fields.push(std::mem::take(&mut field).trim().to_owned()),
            ('\n', false) => {
                length = place + 1;
                break;
            }
            (char, _) => field.push(char),
        }
    }
    fields.push(field.trim().to_owned());
    (!quoted).then_some((fields, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_in_either_language_is_read() {
        let rows = read(
            "\u{feff}姓名,电话,被访人,房间,日期,开始,结束,类型,单位\n\
             周远,138-0000-0001,陈晓明,1203,2026-11-23,09:00,11:30,面试,\"远山, 设计\"\n\n",
        )
        .expect("a sound table");
        let [row] = rows.as_slice() else {
            panic!("{rows:?}")
        };
        assert_eq!((row.line, row.phone.as_str()), (2, "13800000001"));
        assert_eq!(
            (row.of, row.company.as_str()),
            (VisitorType::Interview, "远山, 设计")
        );
        let english =
            read("name,host,room,date,from,until\nAnn Lee,Grace Hart,1203,2026-11-23,09:00,10:00");
        assert_eq!(english.expect("a sound table")[0].of, VisitorType::Guest);
    }

    #[test]
    fn a_line_may_end_between_quotation_marks_and_the_next_one_still_has_its_number() {
        let rows = read(
            "name,host,room,date,from,until,company\r\n\
             Ann Lee,Grace Hart,1203,2026-11-23,09:00,10:00,\"Far\nMountain \"\"Ltd\"\"\"\r\n\
             Bo Li，Grace Hart，1203，2026-11-23，09:00，10:00，\n",
        )
        .expect("a sound table");
        let lines: Vec<usize> = rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 4]);
        assert_eq!(rows[0].company, "Far\nMountain \"Ltd\"");
        assert_eq!(rows[1].name, "Bo Li");
    }

    #[test]
    fn every_wrong_line_is_named_with_what_is_wrong() {
        let headings = "name,phone,host,room,date,from,until,type\n";
        let errors = read(&format!(
            "{headings},1,H,1,2026-11-23,09:00,10:00,\nA,x,H,1,2026-11-23,09:00,10:00,\n\
             A,1,H,1,23.11.,09:00,10:00,\nA,1,H,1,2026-11-23,11:00,10:00,\n\
             A,1,H\nA,1,\"H,1,2026-11-23,09:00,10:00,\nA,1,H,1,2026-11-23,09:00,10:00,king"
        ))
        .expect_err("seven wrong lines");
        let wrong: Vec<(usize, Wrong)> = errors.into_iter().map(|e| (e.line, e.wrong)).collect();
        assert_eq!(
            wrong,
            [
                (2, Wrong::Empty(Column::Name)),
                (3, Wrong::Unread(Column::Phone)),
                (4, Wrong::Unread(Column::Date)),
                (5, Wrong::Window),
                (
                    6,
                    Wrong::Fields {
                        expected: 8,
                        found: 3
                    }
                ),
                (7, Wrong::Quote),
                (8, Wrong::Unread(Column::Type)),
            ]
        );
        let headless = read("name,phone\n").expect_err("no host");
        assert_eq!(
            headless[0],
            LineError {
                line: 1,
                wrong: Wrong::NoColumn(Column::Host)
            }
        );
    }
}
