//! The composition root and the command line.

use clap::{Args, Parser, Subcommand};
#[cfg(feature = "bench")]
use lodge::bench;
use lodge::commands::{self, Outcome, Said, Which};
use lodge::config::Settings;
use lodge::{assembly, crash};
use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

/// The porters' lodge of an office building on a touch screen.
///
/// Without settings it runs as a trial: a sample building and simulated devices.
#[derive(Parser)]
#[command(name = "lodge", version)]
struct CommandLine {
    /// The settings of the house; without it lodge.toml in this folder, or the trial.
    #[arg(long, global = true, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// The data folder; without it lodge-data beside the settings, or the trial's own.
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Looks at everything the kiosk needs; exit status 0 only when fit for service.
    Doctor {
        /// Finds out what is on this port instead.
        #[arg(long, value_name = "PORT")]
        probe: Option<String>,
    },
    /// Prints the journal, oldest first.
    Journal {
        /// A line of JSON for each row.
        #[arg(long)]
        json: bool,
    },
    /// Has the running kiosk print all that a printer can do.
    TestPage {
        /// The printer, as the settings call it.
        printer: String,
    },
    /// Has the running kiosk give an OSDP reader its own key, where nobody else listens on its line.
    InstallKey {
        /// The reader, as the settings call it.
        reader: String,
    },
    /// Lets a member of staff in again, with a new PIN that is shown once. The kiosk is stopped meanwhile.
    NewPin {
        /// The whole name, as it stands in the books.
        #[arg(required = true)]
        name: Vec<String>,
    },
    /// Proves the chain of the journal and the state rebuilt from it.
    Verify,
    /// Records the line of a device while speaking to it, without card numbers, codes and keys.
    ///
    /// With --settings FILE --device NAME it is a device of the house, spoken to exactly as the kiosk does; the
    /// kiosk must not run meanwhile. With --port and --protocol it is any device, with everything else as it
    /// is usual. Documents are never recorded.
    Record {
        /// Where it is plugged in.
        #[arg(long, value_name = "PATH")]
        port: Option<PathBuf>,
        #[command(flatten)]
        device: DeviceLine,
        /// How long; until the line is lost where nothing is said.
        #[arg(long)]
        seconds: Option<u64>,
        /// The file, which must not be there yet.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Says what the driver makes of a recording.
    ///
    /// With --settings FILE --device NAME it is the driver of a device of the house, as its settings have it; an
    /// OSDP reader's key need not be at hand. With --protocol it is the driver as it is usual.
    Replay {
        /// The recording.
        file: PathBuf,
        #[command(flatten)]
        device: DeviceLine,
    },
    /// The trial with other devices in the lobby.
    #[cfg(feature = "bench")]
    Trial {
        /// Which: reader=pn532, scanner=zebra, printer=epson-80mm.
        #[arg(long, value_name = "KIND=MAKE ...", default_value = "")]
        with: bench::rig::Equipment,
    },
    /// One simulated device alone, worked by typed lines, for another program to be tested against.
    #[cfg(feature = "bench")]
    Sim {
        /// What it speaks: em4100, pn532, wiegand, osdp, sam-v, line-scanner, esc-pos, tspl or zpl.
        #[arg(value_parser = bench::sim::protocol)]
        protocol: lodge::config::Protocol,
        /// A serial port, or where to make a pty; without it a pty in the folder for temporary files.
        #[arg(long, value_name = "PATH")]
        port: Option<PathBuf>,
        /// Its make.
        #[arg(long, value_name = "NAME")]
        profile: Option<String>,
        /// Bits a second.
        #[arg(long)]
        baud: Option<u32>,
        /// The address of the first osdp reader.
        #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u8).range(..=126))]
        address: u8,
        /// What a scanner says behind a code: cr, lf, crlf or nothing.
        #[arg(long, value_name = "MARK", default_value = "cr", value_parser = bench::sim::end_mark)]
        end: bench::sim::EndMark,
        /// A scanner that says Chinese as GB18030.
        #[arg(long)]
        gb18030: bool,
        /// How many osdp readers share the line, one address after the other.
        #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=127))]
        readers: u8,
        /// An osdp reader that knows only the key that everybody knows, SCBK-D.
        #[arg(long)]
        keyless: bool,
        /// Writes every slip and label into this folder, as text and as a picture.
        #[arg(long, value_name = "DIR")]
        paper: Option<PathBuf>,
    },
    /// Runs the real program without a display, by a script; the built-in lane where none is named.
    #[cfg(feature = "bench")]
    Tour {
        /// The script.
        script: Option<PathBuf>,
        /// Where pictures, slips and journal are written.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// The panel: pixels across, pixels down, inches.
        #[arg(long, default_value = "1080x1920x21.5", value_parser = bench::tour::panel_size)]
        panel: (u32, u32, f64),
    },
    /// Whole lobby days at random, with everything that goes wrong; a seed gives the same days again.
    #[cfg(feature = "bench")]
    Simulate {
        /// The first seed.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Days for each seed.
        #[arg(long, default_value_t = 1)]
        days: u32,
        /// How many seeds; as many at a time as there are cores.
        #[arg(long, default_value_t = 1)]
        seeds: u64,
    },
    /// The program under a tour.
    #[cfg(feature = "bench")]
    #[command(hide = true)]
    TourChild {
        #[arg(long)]
        ports: PathBuf,
        #[arg(long)]
        wall_ms: i64,
        #[arg(long, value_parser = bench::tour::panel_size)]
        panel: (u32, u32, f64),
        #[arg(long)]
        equipment: bench::rig::Equipment,
    },
}

/// Which device, or what it speaks by the words of the settings.
#[derive(Args)]
struct DeviceLine {
    /// A device of the settings by its name: front; or reader-front, where a scanner has this name too.
    #[arg(long, value_name = "NAME")]
    device: Option<String>,
    /// What it speaks: em4100, pn532, wiegand, osdp, sam-v (never recorded), line-scanner, esc-pos, tspl or zpl.
    #[arg(long)]
    protocol: Option<String>,
    /// Its make, as in the settings.
    #[arg(long)]
    profile: Option<String>,
    /// Bits a second.
    #[arg(long)]
    baud: Option<u32>,
    /// Where an osdp reader is on its line, 0 to 126.
    #[arg(long, value_name = "NUMBER")]
    address: Option<u8>,
}

impl DeviceLine {
    /// The device that is meant; `port` is where it is plugged in, where that is named.
    fn which(self, port: Option<PathBuf>, house: &House) -> Result<Which<'_>, commands::NotKnown> {
        let said = Said {
            device: self.device,
            port,
            protocol: self.protocol,
            profile: self.profile,
            baud: self.baud,
            address: self.address,
        };
        said.which(commands::House {
            settings: (!house.trial).then_some(&house.settings),
            is_named: house.is_named,
        })
    }
}

fn main() -> ExitCode {
    crash::keep_log();
    match run(CommandLine::parse()) {
        Ok(Outcome::Well) => ExitCode::SUCCESS,
        Ok(Outcome::Unwell) => ExitCode::FAILURE,
        Err(error) => {
            // One sentence, and what it came from.
            eprintln!("lodge: {error}");
            let mut source = error.source();
            while let Some(cause) = source {
                eprintln!("  because: {cause}");
                source = cause.source();
            }
            ExitCode::FAILURE
        }
    }
}

fn run(line: CommandLine) -> Result<Outcome, Box<dyn Error>> {
    let CommandLine {
        settings,
        data,
        command,
    } = line;
    #[cfg(feature = "bench")]
    match &command {
        Some(Command::Tour { script, out, panel }) => {
            let taken = bench::tour::take(script.as_deref(), out, *panel)?;
            println!("{taken}");
            return Ok(Outcome::Well);
        }
        Some(Command::Simulate { seed, days, seeds }) => {
            let all = *seed..seed.saturating_add(*seeds);
            let sum = bench::simulate::simulate_seeds(all, *days, |seed, summary| {
                println!("seed {seed}: {summary}");
            })?;
            println!("all {seeds}: {sum}");
            return Ok(Outcome::Well);
        }
        Some(Command::Sim {
            protocol,
            port,
            profile,
            baud,
            address,
            end,
            gb18030,
            readers,
            keyless,
            paper,
        }) => {
            let alone = bench::sim::Alone {
                protocol: *protocol,
                port: port.clone(),
                profile: profile.clone(),
                baud: *baud,
                readers: *readers,
                address: *address,
                end: *end,
                gb18030: *gb18030,
                keyless: *keyless,
                paper: paper.clone(),
            };
            bench::sim::run(&alone, io::stdin().lock(), io::stdout())?;
            return Ok(Outcome::Well);
        }
        Some(Command::Trial { with }) => {
            let data = data.unwrap_or_else(trial_folder);
            crash::leave_a_file(&data);
            bench::trial::run(&bench::trial::settings(), &data, with)?;
            return Ok(Outcome::Well);
        }
        Some(Command::TourChild {
            ports,
            wall_ms,
            panel,
            equipment,
        }) => {
            let data = data.ok_or("tour-child needs --data")?;
            crash::leave_a_file(&data);
            let (ports, wall_ms, panel) = (ports.clone(), *wall_ms, *panel);
            bench::tour::run_child(&bench::tour::ChildOptions {
                data,
                ports,
                wall_ms,
                panel,
                equipment: equipment.clone(),
            })?;
            return Ok(Outcome::Well);
        }
        _ => {}
    }
    let house = House::find(settings.as_deref(), data)?;
    let mut out = io::stdout().lock();
    match command {
        None => {
            drop(out);
            house.run()?;
            Ok(Outcome::Well)
        }
        Some(Command::Journal { json }) => Ok(commands::journal(
            &house.data,
            &house.settings.building(),
            json,
            &mut out,
        )?),
        Some(Command::Verify) => Ok(commands::verify(
            &house.data,
            &house.settings.building(),
            &mut out,
        )?),
        Some(Command::NewPin { name }) => Ok(commands::new_pin(
            &house.data,
            &house.settings.building(),
            &name.join(" "),
            &mut out,
        )?),
        Some(Command::InstallKey { reader }) => {
            Ok(commands::install_key(&house.data, &reader, &mut out)?)
        }
        Some(Command::TestPage { printer }) => {
            Ok(commands::test_page(&house.data, &printer, &mut out)?)
        }
        Some(Command::Record {
            port,
            device,
            seconds,
            out: file,
        }) => {
            let (which, lasts) = (
                device.which(port, &house)?,
                seconds.map(Duration::from_secs),
            );
            let outcome = commands::record(&which, &house.data, lasts, &file, &mut out)?;
            Ok(outcome)
        }
        Some(Command::Replay { file, device }) => Ok(commands::replay(
            &file,
            &device.which(None, &house)?,
            &mut out,
        )?),
        Some(Command::Doctor { probe: Some(port) }) => Ok(commands::probe(&port, &mut out)?),
        Some(Command::Doctor { probe: None }) => {
            let settings = (!house.trial).then_some(&house.settings);
            let outcome = commands::doctor(settings, &house.data, &mut out)?;
            out.flush()?;
            Ok(outcome)
        }
        #[cfg(feature = "bench")]
        Some(
            Command::Sim { .. }
            | Command::Trial { .. }
            | Command::Tour { .. }
            | Command::Simulate { .. }
            | Command::TourChild { .. },
        ) => {
            unreachable!("handled above")
        }
    }
}

/// Whose kiosk this is: an installed one with settings, or the trial.
struct House {
    settings: Settings,
    data: PathBuf,
    trial: bool,
    /// Somebody named its settings.
    is_named: bool,
}

/// The settings file that is read where none is named.
const SETTINGS: &str = "lodge.toml";

impl House {
    fn find(settings: Option<&Path>, data: Option<PathBuf>) -> Result<House, Box<dyn Error>> {
        let found = match settings {
            Some(path) => Some(path),
            None => Some(Path::new(SETTINGS)).filter(|path| path.exists()),
        };
        match found {
            Some(path) => Ok(House {
                settings: Settings::load(path)?,
                data: data.unwrap_or_else(|| path.with_file_name("lodge-data")),
                trial: false,
                is_named: settings.is_some(),
            }),
            None => Ok(House {
                settings: trial_settings()?,
                data: data.unwrap_or_else(trial_folder),
                trial: true,
                is_named: false,
            }),
        }
    }

    fn run(&self) -> Result<(), Box<dyn Error>> {
        crash::leave_a_file(&self.data);
        #[cfg(feature = "bench")]
        if self.trial {
            return Ok(bench::trial::run(
                &self.settings,
                &self.data,
                &bench::rig::Equipment::default(),
            )?);
        }
        Ok(assembly::run(&self.settings, &self.data)?)
    }
}

#[cfg(feature = "bench")]
fn trial_settings() -> Result<Settings, Box<dyn Error>> {
    Ok(bench::trial::settings())
}

#[cfg(not(feature = "bench"))]
fn trial_settings() -> Result<Settings, Box<dyn Error>> {
    Err("there is no lodge.toml here, and this build has no trial; name one with --settings".into())
}

/// The trial's own folder, where programs of this user keep their data.
fn trial_folder() -> PathBuf {
    let home = || std::env::var_os("HOME").map(|home| Path::new(&home).join(".local/share"));
    let shared = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from);
    shared.or_else(home).unwrap_or_default().join("lodge-trial")
}
