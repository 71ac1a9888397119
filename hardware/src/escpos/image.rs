//! A picture as GS v 0 bands (hardware.md §7.2).

use crate::raster::Raster;

/// Most image bytes in one command: what a command cut off in the middle may still wait for.
pub(crate) const BAND_BYTES: usize = 440;
/// Bytes of a command before those of its image.
pub(crate) const BAND_HEAD: usize = 8;

/// The commands that print a picture, in bands as wide as it is and of no more than `most` bytes, where a
/// row has no more; the white above and below its ink is a byte wide.
///
/// The bands meet without a gap, so that they do not show. DLE EOT, ENQ and DC4 are kept out of the
/// data: some printers execute them wherever they are (§7.5).
pub(crate) fn bands(picture: &Raster, most: usize) -> Vec<Vec<u8>> {
    let width = picture.row_bytes().max(1);
    let rows: Vec<&[u8]> = picture.bits.chunks(width).collect();
    let is_inked = |row: &&[u8]| row.iter().any(|byte| *byte != 0);
    let top = rows.iter().position(is_inked);
    let top = top.unwrap_or(rows.len());
    let bottom = rows.iter().rposition(is_inked);
    let bottom = bottom.map_or(rows.len(), |last| last + 1);
    let white = |rows: usize| (rows > 0).then(|| raster(1, &vec![0; rows]));
    let inked = rows[top..bottom].chunks((most / width).max(1));
    let inked = inked.map(|band| raster(width, &band.concat()));
    let (above, below) = (white(top), white(rows.len() - bottom));
    above.into_iter().chain(inked).chain(below).collect()
}

/// GS v 0 at normal size.
fn raster(width: usize, data: &[u8]) -> Vec<u8> {
    let two = |n: usize| u16::try_from(n).unwrap_or(u16::MAX).to_le_bytes();
    let mut command = vec![0x1D, 0x76, 0x30, 0x00];
    command.extend(two(width));
    command.extend(two(data.len() / width));
    for &byte in data {
        if command.last() == Some(&0x10) && matches!(byte, 0x04 | 0x05 | 0x14) {
            // A black dot with white around it becomes two, which nobody sees.
            command.pop();
            command.push(0x18);
        }
        command.push(byte);
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, rows: &[&[u8]]) -> Raster {
        Raster {
            width,
            height: u32::try_from(rows.len()).expect("a picture of a few rows"),
            bits: rows.concat(),
        }
    }

    #[test]
    fn the_white_above_and_below_costs_a_byte_a_row_and_all_rows_are_there() {
        let picture = picture(16, &[&[0, 0], &[0, 0], &[1, 2], &[0, 0], &[3, 4], &[0, 0]]);
        let expected = [
            [0x1D, 0x76, 0x30, 0, 1, 0, 2, 0, 0, 0].to_vec(),
            [0x1D, 0x76, 0x30, 0, 2, 0, 3, 0, 1, 2, 0, 0, 3, 4].to_vec(),
            [0x1D, 0x76, 0x30, 0, 1, 0, 1, 0, 0].to_vec(),
        ];
        assert_eq!(bands(&picture, BAND_BYTES), expected);
    }

    #[test]
    fn no_command_is_longer_than_a_cut_off_one_may_be() {
        let all_black = Raster {
            width: 576,
            height: 100,
            bits: vec![0xFF; 7200],
        };
        let commands = bands(&all_black, BAND_BYTES);
        assert_eq!(commands.concat().len(), 7200 + 17 * 8);
        assert_eq!(commands[0][..8], [0x1D, 0x76, 0x30, 0, 72, 0, 6, 0]);
    }

    #[test]
    fn real_time_commands_in_a_picture_are_made_harmless() {
        for second in [0x04, 0x05, 0x14] {
            let picture = picture(16, &[&[0x10, second], &[0x01, 0x10], &[second, 0x10]]);
            let commands = bands(&picture, BAND_BYTES).concat();
            let pairs = commands.windows(2);
            let left = pairs.filter(|pair| *pair == [0x10, second]).count();
            assert_eq!(left, 0);
            assert_eq!(commands[8..], [0x18, second, 0x01, 0x18, second, 0x10]);
        }
    }
}
