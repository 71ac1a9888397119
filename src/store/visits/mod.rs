//! Visitors in the books: announced, signing in, let in by somebody, leaving.

mod announcing;
mod asked;
mod before_signing;
mod desk;
mod flow;
mod fold;
mod identity;
mod known;
mod leaving;
mod matching;
mod reading;
mod sign_in;

pub(super) use fold::apply;
pub(super) use matching::report_named;
pub(super) use reading::by_number;

type Refusable<T, R = crate::visits::VisitRefusal> = Result<Result<T, R>, super::error::StoreError>;

/// The longest text of people that is kept, in characters.
const LONGEST_TEXT: usize = 300;

fn cut(text: &str) -> String {
    text.trim().chars().take(LONGEST_TEXT).collect()
}

fn execute(
    connection: &rusqlite::Connection,
    sql: &str,
    params: impl rusqlite::Params,
) -> Result<usize, super::error::StoreError> {
    use super::error::Doing;
    connection
        .prepare_cached(sql)
        .and_then(|mut statement| statement.execute(params))
        .doing("write the books of visitors")
}
