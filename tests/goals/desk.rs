//! The staff window at ten years of data: a key stroke in its search box, and what it reads and draws
//! anew when something was done at the touch screen.

use super::past;
use super::spread::Spread;
use super::support::*;
use super::table::Table;
use lodge::desk::event::{Answer, Effect};
use lodge::desk::{Event, Press, Session, present, step};
use lodge::lending::{BroughtBack, Wanted};
use lodge::people::{Bilingual, Language, PersonName, Role, TenantState};
use lodge::store::{Books, PersonRow, TenantRow};
use rusqlite::Connection;
use std::time::{Duration, Instant};

/// A tower's companies and people.
const COMPANIES: u32 = 60;
pub const PEOPLE: u32 = 3_000;

/// Words as they are typed, key by key: people, companies, rooms, tags, hooks, numbers, a purpose.
const WORDS: [&str; 9] = [
    "chenxiao",
    "陈晓明",
    "haigang",
    "1203",
    "umb-0007",
    "k-1",
    "a-1123-0001",
    "grace",
    "yujiegs",
];
const ROUNDS: usize = 20;

pub fn measure(table: &mut Table) {
    let mut lobby = Lobby::open();
    lobby.employ("李静华", Role::Receptionist);
    people(&mut lobby.books);
    let day_one = [strokes(&lobby.books), acts(&mut lobby)];
    let (folder, path) = lobby.close();
    past::fill(&Connection::open(path).expect("the database")).expect("ten years of rows");
    let books = Books::open(folder.path(), &building()).expect("the books");
    let mut lobby = Lobby {
        grace: person_of(&books, GRACE),
        chen: person_of(&books, CHEN),
        kinds: kinds(),
        folder,
        books,
    };
    let ten_years = [strokes(&lobby.books), acts(&mut lobby)];
    let what = [
        "a key stroke in the desk's search box at ten years of data, p99",
        "something done at the touch screen → read, and laid out for the desk, at ten years of data, p99",
    ];
    let goals = [("UX search", 100.0), ("UX desk", 33.0)];
    for (((id, goal), what), (then, now)) in goals
        .into_iter()
        .zip(what)
        .zip(day_one.iter().zip(&ten_years))
    {
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        let detail = format!(
            "median {}; with {PEOPLE} people and no past: {}",
            now.show(),
            then.show()
        );
        table.at_most(id, what, ms(now.p99()), goal, " ms", detail);
    }
}

fn person_of(books: &Books, number: u64) -> lodge::people::PersonId {
    let known = books.identify_card(&card(number)).expect("readable books");
    match known {
        lodge::people::Identity::Known(holder) => holder.person,
        other => panic!("{other:?}"),
    }
}

/// Every key stroke of every word.
fn strokes(books: &Books) -> Spread {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        for word in WORDS {
            for (end, char) in word.char_indices() {
                let typed = &word[..end + char.len_utf8()];
                let began = Instant::now();
                let found = books
                    .search_registers(typed, monday_morning())
                    .expect("an answer");
                times.push(began.elapsed());
                std::hint::black_box(found);
            }
        }
    }
    Spread::of(times)
}

/// An umbrella goes out at the touch screen: from the commit until the desk's page stands.
fn acts(lobby: &mut Lobby) -> Spread {
    let (house, at) = (desk_house(&kinds()), monday_morning());
    let mut desk = Session::start(&house, at).session;
    let mut happens = |lobby: &mut Lobby, event: Event| {
        let mut events = vec![event];
        while let Some(event) = events.pop() {
            let next = step(std::mem::take(&mut desk), &house, at, event);
            desk = next.session;
            events.extend(
                next.effects
                    .into_iter()
                    .filter_map(|effect| answer(lobby, effect)),
            );
        }
        std::hint::black_box(present(&desk, &house, at));
    };
    for press in "李静华"
        .chars()
        .chain(['\n'])
        .chain(PIN.chars())
        .chain(['\n'])
    {
        let press = match press {
            '\n' => Press::Enter,
            char => Press::Char(char),
        };
        happens(lobby, Event::Pressed(press));
    }
    let mut times = Vec::new();
    for _ in 0..ROUNDS * 5 {
        let lent = lobby.lend(GRACE, Wanted::Pool(umbrella()), at);
        let loan = lent.expect("an umbrella").loan.id;
        let began = Instant::now();
        happens(lobby, Event::BooksChanged);
        times.push(began.elapsed());
        let back = lobby.take_back(BroughtBack::Loan(loan), None, at);
        back.expect("taken back");
    }
    Spread::of(times)
}

fn answer(lobby: &mut Lobby, effect: Effect) -> Option<Event> {
    let (books, at) = (&mut lobby.books, monday_morning());
    let (request, answer) = match effect {
        Effect::FindStaff(request, claim) => {
            let found = books.find_staff(&claim).expect("readable books");
            (request, Answer::Staff(found.map(Box::new)))
        }
        Effect::LogIn(request, member, pin) => {
            let done = log_in(books, &member, &pin, at);
            (request, Answer::LoggedIn(done.map(|()| member)))
        }
        Effect::ReadFacts(request, who) => {
            let facts = books.desk_facts(who, at).expect("readable books");
            (request, Answer::Facts(Box::new(facts)))
        }
        _ => return None,
    };
    Some(Event::Answered(request, answer))
}

/// The people and companies of a tower.
fn people(books: &mut Books) {
    let at = monday_morning();
    let surnames: Vec<char> = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗".chars().collect();
    let given: Vec<char> = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉"
        .chars()
        .collect();
    let pick = |of: &[char], at: u32| of[at as usize % of.len()];
    let companies: Vec<_> = (0..COMPANIES)
        .map(|number| {
            let zh = format!(
                "{}{}公司{number}",
                pick(&given, number * 7),
                pick(&given, number * 11 + 3)
            );
            let row = TenantRow {
                name: Bilingual::new(zh, format!("Company {number} Ltd")),
                rooms: vec![format!("{}{:02}", 3 + number / 4, 1 + number % 4)],
                state: TenantState::In,
            };
            books.enter_tenant(&row, at).expect("a company")
        })
        .collect();
    for number in 0..PEOPLE {
        let chinese: String = [
            pick(&surnames, number),
            pick(&given, number / 20),
            pick(&given, number / 7 + 5),
        ]
        .iter()
        .collect();
        let row = PersonRow {
            tenant: Some(companies[(number % COMPANIES) as usize]),
            name: PersonName {
                chinese: Some(chinese),
                latin: None,
            },
            roles: vec![Role::TenantMember],
            language: Language::Chinese,
        };
        books.enter_person(&row, at).expect("a person");
    }
}
