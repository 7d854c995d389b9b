//! [`Canvas`]: the pixels of the window. A bar shows how much has been loaded, a dot ticks.

use std::num::NonZero;
use std::rc::Rc;

use onpar_window::Shown;
use softbuffer::{Context, SoftBufferError, Surface};
use winit::window::Window;

use crate::server::SIZE;

const BACKGROUND: u32 = 0x0020_2428;
const TRACK: u32 = 0x003A_4048;
const BAR: u32 = 0x0058_A6FF;
const DOT: u32 = 0x00F0_B429;
const TICK: usize = 12;

pub(crate) struct Canvas {
    surface: Surface<Rc<Window>, Rc<Window>>,
}

impl Canvas {
    pub(crate) fn new(window: &Rc<Window>) -> Result<Self, SoftBufferError> {
        let context = Context::new(Rc::clone(window))?;
        Ok(Self { surface: Surface::new(&context, Rc::clone(window))? })
    }

    pub(crate) fn paint(&mut self, window: &Window, shown: &Shown) -> Result<(), SoftBufferError> {
        let size = window.inner_size();
        let (Some(width), Some(height)) = (NonZero::new(size.width), NonZero::new(size.height)) else { return Ok(()) };
        self.surface.resize(width, height)?;
        let mut pixels = self.surface.buffer_mut()?;
        let (width, height) = (size.width as usize, size.height as usize);
        let (left, right) = (width / 10, width - width / 10);
        let loaded = left + (right - left) * shown.received.min(SIZE) / SIZE;
        let dot = left + shown.tenths as usize * TICK % (right - left);
        for (number, pixel) in pixels.iter_mut().enumerate() {
            let (x, y) = (number % width, number / width);
            *pixel = match y * 10 / height {
                4 | 5 if (left..loaded).contains(&x) => BAR,
                4 | 5 if (left..right).contains(&x) => TRACK,
                8 if (dot..dot + TICK).contains(&x) => DOT,
                _ => BACKGROUND,
            };
        }
        pixels.present()
    }
}
