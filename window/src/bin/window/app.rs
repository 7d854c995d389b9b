//! [`App`]: what winit calls.

use std::cell::{Cell, RefCell};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::rc::Rc;

use onpar::iter::source::{Receiver, Sender};
use onpar::prelude::*;
use onpar::rt::local::{Local, LocalTask};
use onpar::rt::main_loop::MainLoop;
use onpar_window::{Command, View, session};
use winit::application::ApplicationHandler;
use winit::dpi::LogicalSize;
use winit::event::{ElementState, KeyEvent, WindowEvent};
use winit::event_loop::ActiveEventLoop;
use winit::keyboard::{Key, NamedKey};
use winit::window::{Window, WindowId};

use crate::paint::Canvas;
use crate::server;

/// What wakes the loop from elsewhere.
#[derive(Debug)]
pub(crate) enum Happened {
    /// Tasks have something to do.
    TasksAreReady,
    /// As if the window were closed, for a demonstration.
    UserCloses,
}

pub(crate) struct App {
    /// None when the window has been closed.
    tasks: Option<(MainLoop, LocalTask<()>)>,
    user: Sender<Command>,
    view: Rc<View>,
    window: Rc<RefCell<Option<Rc<Window>>>>,
    canvas: Option<Canvas>,
    painted: u32,
}

impl App {
    pub(crate) fn new(main_loop: MainLoop, user: Sender<Command>, commands: Receiver<Command>, path: PathBuf) -> Self {
        let window = Rc::<RefCell<Option<Rc<Window>>>>::default();
        let view = Rc::new(View::new({
            let (window, status) = (Rc::clone(&window), Cell::new(""));
            move |shown| {
                if status.replace(shown.status) != shown.status {
                    println!("{}", shown.status);
                }
                if let Some(window) = &*window.borrow() {
                    window.request_redraw();
                }
            }
        }));
        let rt = main_loop.runtime();
        let task = rt.spawn_local(live(rt.clone(), Rc::clone(&view), commands, path));
        Self { tasks: Some((main_loop, task)), user, view, window, canvas: None, painted: 0 }
    }

    pub(crate) const fn painted(&self) -> u32 {
        self.painted
    }

    /// A command that finds no room is one of very many, and lost.
    fn command(&self, command: Command) {
        let _sent = self.user.try_send(command);
    }

    /// Waits until all has been cleaned up: that is all that a program has to do at its end.
    fn close(&mut self, event_loop: &ActiveEventLoop) {
        if let Some((main_loop, session)) = self.tasks.take() {
            self.command(Command::Close);
            if let Err(error) = main_loop.finish(session) {
                eprintln!("the session has failed: {error}");
            }
        }
        self.canvas = None;
        self.window.take();
        event_loop.exit();
    }
}

/// The server, and the session beside it.
async fn live(rt: Local, view: Rc<View>, commands: Receiver<Command>, path: PathBuf) {
    let (ready, address) = onpar::iter::channel::<SocketAddr>(limit!(1));
    let serving = rt.spawn_local(server::serve(rt.clone(), move |address| {
        let _sent = ready.try_send(address);
    }));
    let Some(server) = address.nth(0).await else {
        eprintln!("the server has failed: {:?}", serving.await);
        return;
    };
    session(&rt, &view, commands, || server::load(&rt, server), &path).await;
}

impl ApplicationHandler<Happened> for App {
    fn resumed(&mut self, event_loop: &ActiveEventLoop) {
        let attributes = Window::default_attributes().with_title("onpar").with_inner_size(LogicalSize::new(480, 160));
        let window = match event_loop.create_window(attributes) {
            Ok(window) => Rc::new(window),
            Err(error) => {
                eprintln!("there is no window: {error}");
                return self.close(event_loop);
            }
        };
        match Canvas::new(&window) {
            Ok(canvas) => self.canvas = Some(canvas),
            Err(error) => eprintln!("nothing can be painted: {error}"),
        }
        self.window.replace(Some(window));
    }

    fn user_event(&mut self, event_loop: &ActiveEventLoop, event: Happened) {
        match event {
            Happened::TasksAreReady => {
                if let Some((main_loop, _)) = &self.tasks {
                    main_loop.run_ready();
                }
            }
            Happened::UserCloses => self.close(event_loop),
        }
    }

    fn window_event(&mut self, event_loop: &ActiveEventLoop, _: WindowId, event: WindowEvent) {
        match event {
            WindowEvent::CloseRequested => self.close(event_loop),
            WindowEvent::KeyboardInput {
                event: KeyEvent { logical_key: Key::Named(key), state: ElementState::Pressed, .. },
                ..
            } => match key {
                NamedKey::Enter => self.command(Command::Load),
                NamedKey::Escape => self.command(Command::Cancel),
                _ => {}
            },
            WindowEvent::RedrawRequested => {
                let window = self.window.borrow().clone();
                if let (Some(window), Some(canvas)) = (window, &mut self.canvas) {
                    match canvas.paint(&window, &self.view.shown()) {
                        Ok(()) => self.painted += 1,
                        Err(error) => eprintln!("this could not be painted: {error}"),
                    }
                }
            }
            _ => {}
        }
    }
}
