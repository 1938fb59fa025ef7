//! `paydesk keys`: API keys made, listed and revoked, beside a server or without one.

mod args;
mod report;

pub(crate) use args::Keys;

use std::io::Write;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use paydesk_app::{App, MadeApiKey, Retention, Settings};
use paydesk_domain::id::ApiKeyId;
use paydesk_store::Store;
use paydesk_store_sqlite::SqliteStore;
use paydesk_wire::versions::ApiVersion;

use self::args::KeysCommand;
use crate::cli::Database;
use crate::ids::SystemIds;
use crate::wall_clock::SystemClock;

/// Does what the command line says.
pub(crate) fn run(keys: Keys) -> Result<()> {
    let Database::File(path) = &keys.database else {
        bail!("keys are kept in a file; name it with --database");
    };
    if !matches!(keys.command, KeysCommand::Create(_)) && !path.exists() {
        bail!("there is no {}; `paydesk keys create` makes it", path.display());
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("can't start the runtime")?;
    let store = Arc::new(SqliteStore::open_beside(path)?);
    runtime.block_on(async {
        let done = done(keys.command, Arc::clone(&store)).await;
        store.close().await;
        done
    })
}

async fn done(command: KeysCommand, store: Arc<SqliteStore>) -> Result<()> {
    let last_ordinal = store.last_ordinal().await.context("can't read the database")?;
    let app = App::new(Settings {
        store: store as Arc<dyn Store>,
        wall: Arc::new(SystemClock),
        ids: Box::new(SystemIds::after(last_ordinal)),
        open_sandboxes: false,
        default_api_version: ApiVersion::NEWEST,
        sandbox_time_to_live: None,
        tax_table: None,
        requests_kept: 0,
        retention: Retention::default(),
    });
    match command {
        KeysCommand::Create(create) => {
            let is_json = create.json;
            let made = app.create_api_key(create.into_key()).await?;
            show_made(&made, is_json)
        }
        KeysCommand::List(list) => {
            let keys = app.list_api_keys().await?;
            if list.json {
                print(&report::list_as_json(&keys))
            } else {
                print(&report::list_as_table(&keys))
            }
        }
        KeysCommand::Revoke(revoke) => {
            // Not repeated: it may be the key.
            if !revoke.id.starts_with("mk_") {
                bail!("the id of a key begins with mk_; `paydesk keys list` shows it");
            }
            let id = ApiKeyId::from(revoke.id.as_str());
            let (before, revoked) = app.revoke_api_key(&id).await?;
            print(&report::revoked(&before, &revoked))
        }
    }
}

/// Shows a key, alone on standard output so that a script can take it from there, and what there is
/// to know about it beside that.
fn show_made(made: &MadeApiKey, is_json: bool) -> Result<()> {
    if is_json {
        return print(&report::made_as_json(made));
    }
    print(made.text.as_str())?;
    eprintln!("{}", report::made(made));
    Ok(())
}

fn print(text: &str) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{text}")
        .and_then(|()| stdout.flush())
        .context("can't write to standard output")
}
