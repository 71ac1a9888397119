//! The table of goals, for people and as JSON.

/// One line of the table.
pub struct Row {
    pub id: &'static str,
    pub what: &'static str,
    pub goal: String,
    pub figure: String,
    /// None where it could not be measured here; the figure says why.
    pub met: Option<bool>,
    pub detail: String,
}

#[derive(Default)]
pub struct Table(Vec<Row>);

impl Table {
    pub fn new() -> Self {
        Table::default()
    }

    /// A figure that must not exceed its goal.
    pub fn at_most(
        &mut self,
        id: &'static str,
        what: &'static str,
        figure: f64,
        goal: f64,
        unit: &str,
        detail: String,
    ) {
        let show = |number: f64| format!("{}{unit}", (number * 100.0).round() / 100.0);
        let met = Some(figure <= goal);
        self.0.push(Row {
            id,
            what,
            goal: format!("≤ {}", show(goal)),
            figure: show(figure),
            met,
            detail,
        });
    }

    /// A figure without a goal of its own.
    pub fn plain(&mut self, id: &'static str, what: &'static str, figure: String) {
        let (goal, detail) = ("–".to_owned(), String::new());
        self.0.push(Row {
            id,
            what,
            goal,
            figure,
            met: None,
            detail,
        });
    }

    /// Prints the table, and keeps it as JSON where it is `whole`.
    pub fn print(&self, whole: bool) {
        println!("| id | what | goal | figure | met | how |\n|---|---|---|---|---|---|");
        for Row {
            id,
            what,
            goal,
            figure,
            met,
            detail,
        } in &self.0
        {
            let met = match met {
                Some(true) => "yes",
                Some(false) => "**no**",
                None => "–",
            };
            println!("| {id} | {what} | {goal} | {figure} | {met} | {detail} |");
        }
        if !whole {
            return;
        }
        let rows: Vec<serde_json::Value> = self.0.iter().map(Row::json).collect();
        let json = serde_json::json!({ "machine": machine(), "rows": rows });
        let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("../goals.json");
        std::fs::write(&path, format!("{json:#}\n")).expect("the target folder takes a file");
        println!("\nMachine: {}. As JSON: target/goals.json", machine());
    }
}

impl Row {
    fn json(&self) -> serde_json::Value {
        let Row {
            id,
            what,
            goal,
            figure,
            met,
            detail,
        } = self;
        serde_json::json!({
            "id": id, "what": what, "goal": goal, "figure": figure, "met": met, "detail": detail,
        })
    }
}

/// Processor, kernel and day, as far as the system tells.
fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let cpuinfo = read("/proc/cpuinfo");
    let model = cpuinfo
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map_or("unknown processor", |rest| {
            rest.trim_start_matches(['\t', ' ', ':'])
        });
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let kernel = read("/proc/sys/kernel/osrelease");
    let day = chrono::Utc::now().format("%Y-%m-%d");
    format!("{model}, {cores} cores, Linux {}, {day}", kernel.trim())
}
