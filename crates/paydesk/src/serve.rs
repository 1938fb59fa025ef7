//! `paydesk serve`: everything put together, and taken apart again in order.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use paydesk_app::{App, Retention, Settings};
use paydesk_http::{Api, HttpState};
use paydesk_store::Store;
use paydesk_wire::objects::PublicUrl;
use paydesk_wire::versions::ApiVersion;
use tokio::net::TcpListener;

use crate::cli::Serve;
use crate::ids::SystemIds;
use crate::stop::StopSignals;
use crate::wall_clock::SystemClock;
use crate::{background, connections, database, logs, seed, tax_table};

/// How long requests in flight may take once the server is told to stop.
const STOP_WITHIN: Duration = Duration::from_secs(30);

/// Serves until the process is told to stop.
pub(crate) fn run(settings: Serve) -> Result<()> {
    let _logs = logs::start(settings.log, settings.log_format);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("can't start the runtime")?;
    runtime.block_on(serve(settings))
}

async fn serve(settings: Serve) -> Result<()> {
    let mut signals = StopSignals::listen()?;
    let tax_table = settings.tax_table.as_deref().map(tax_table::load).transpose()?;
    let store = database::open(&settings.database)?;
    let listener = listen(&settings.listen).await?;
    let address = listener.local_addr().context("the listening socket has no address")?;
    let open_sandboxes = settings.open_sandboxes.unwrap_or(address.ip().is_loopback());
    let last_ordinal = store.last_ordinal().await.context("can't read the database")?;
    let app = Arc::new(App::new(Settings {
        store: Arc::clone(&store) as Arc<dyn Store>,
        wall: Arc::new(SystemClock),
        ids: Box::new(SystemIds::after(last_ordinal)),
        open_sandboxes,
        default_api_version: ApiVersion::NEWEST,
        requests_kept: settings.keep_requests,
        retention: Retention {
            idempotency_keys: settings.keep_idempotency_keys.seconds(),
            events: settings.keep_events.seconds(),
            expired_sessions: settings.keep_expired_sessions.seconds(),
        },
        sandbox_time_to_live: settings.keep_sandboxes.seconds(),
        tax_table: tax_table.map(Arc::new),
    }));
    if let (Some(file), Some(table)) = (&settings.tax_table, app.tax_table()) {
        eprintln!("{}: a tax table with {}", file.display(), tax_table::summary(table));
    }
    if let Some(report) = seed::plant(&app, &settings.seed, settings.seed_key.as_deref()).await? {
        eprint!("{report}");
    }
    let entrance = Arc::new(settings.connections.entrance(settings.public_url.is_some()));
    let public_url = settings.public_url.unwrap_or_else(|| local_url(address));
    let public_url = Arc::new(PublicUrl::new(&public_url));
    let api = Api::new(HttpState { app: Arc::clone(&app), public_url, entrance });
    let mut background = background::start(&app, &store);
    announce(address)?;

    let (stopping, stop) = tokio::sync::watch::channel(false);
    let serving = connections::serve(listener, api, settings.connections.limits(), stop);
    tokio::pin!(serving);
    tokio::select! {
        () = &mut serving => {}
        () = signals.received() => {
            tracing::info!("stopping");
            stopping.send_replace(true);
            tokio::select! {
                ended = tokio::time::timeout(STOP_WITHIN, serving) => if ended.is_err() {
                    tracing::warn!("some requests did not end in time");
                },
                () = signals.received() => tracing::warn!("told twice: not waiting for requests"),
            }
        }
    }
    background.shutdown().await;
    store.close().await;
    Ok(())
}

async fn listen(address: &str) -> Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => anyhow!(
            "{address} is taken by another program; stop that one or choose another address with \
             --listen (port 0 picks a free one)"
        ),
        _ => anyhow!(error).context(format!("can't listen on {address}")),
    })
}

/// Where the server is reached by its own machine, if it was not told where it is reached.
fn local_url(mut address: SocketAddr) -> String {
    // The address of all interfaces is one to listen on, not one to ask.
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        IpAddr::V4(_) | IpAddr::V6(_) => {}
    }
    format!("http://{address}")
}

/// Tells whoever started the server that it is ready, and where. The only line on standard output.
fn announce(address: SocketAddr) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "listening on http://{address}")
        .and_then(|()| stdout.flush())
        .context("can't write to standard output")
}
