//! How long a lookup takes: plain keys beside a full-text index and a scan.

use super::crowd::*;
use lodge::store::DATABASE;
use std::time::Instant;

/// Prints how long a lookup takes among 100,000 people: plain keys, FTS5 prefixes, and LIKE.
#[test]
#[ignore = "a measurement of half a minute; run it by name, with --release"]
fn lookups_among_a_hundred_thousand_people() {
    let folder = tempfile::tempdir().expect("a folder");
    let begin = Instant::now();
    let (books, names) = crowded(folder.path(), 100_000);
    println!("made and indexed in {:?}", begin.elapsed());
    let direct = rusqlite::Connection::open(folder.path().join(DATABASE)).expect("the file");
    let size = |name: &str| -> i64 {
        direct
            .query_row(
                "SELECT sum(pgsize) FROM dbstat WHERE name LIKE ?1",
                [name],
                |row| row.get(0),
            )
            .unwrap_or(0)
    };
    println!("keys take {} bytes", size("%person%key%"));
    let begin = Instant::now();
    direct
        .execute_batch(
            "CREATE VIRTUAL TABLE words USING fts5 (keys, content='', prefix='1 2 3 4', tokenize='unicode61', detail=none);
             INSERT INTO words (rowid, keys)
                 SELECT number, group_concat(key, ' ') FROM person_keys GROUP BY number;",
        )
        .expect("FTS5");
    println!(
        "FTS5 made in {:?}, {} bytes",
        begin.elapsed(),
        size("words%")
    );
    let (mut dice, mut queries) = (Dice(3), Vec::new());
    while queries.len() < 1_000 {
        let name = dice.of(&names).clone();
        queries.extend(typed(&mut dice, &name));
    }
    let mut times = [const { Vec::new() }; 3];
    for typed in &queries {
        let begin = Instant::now();
        books.find_people(typed, 20).expect("readable");
        times[0].push(begin.elapsed());
        let begin = Instant::now();
        let words: Vec<String> = typed.split(' ').map(|w| format!("\"{w}\"*")).collect();
        let text = words.join(" AND ");
        let _: Vec<i64> = direct
            .prepare_cached("SELECT rowid FROM words WHERE words MATCH ?1 LIMIT 20")
            .and_then(|mut select| select.query_map([text], |row| row.get(0))?.collect())
            .expect("FTS5 answers");
        times[1].push(begin.elapsed());
    }
    for typed in queries.iter().take(100) {
        let begin = Instant::now();
        let _: Vec<String> = direct
            .prepare_cached(
                "SELECT id FROM persons WHERE name_chinese LIKE ?1 OR name_latin LIKE ?1",
            )
            .and_then(|mut select| {
                select
                    .query_map([format!("%{typed}%")], |row| row.get(0))?
                    .collect()
            })
            .expect("LIKE answers");
        times[2].push(begin.elapsed());
    }
    for (name, times) in ["keys", "FTS5", "LIKE"].iter().zip(&mut times) {
        times.sort();
        let at = |percent: usize| times[(times.len() - 1) * percent / 100];
        println!(
            "{name}: median {:?}, p99 {:?}, most {:?}",
            at(50),
            at(99),
            at(100)
        );
    }
}
