-- How a server is reached: through a tunnel of the user's own ssh, by the Sentinels' name of the master, and with a TLS client
-- key that has a passphrase (its name in the secret store).
ALTER TABLE connection_profiles ADD COLUMN tls_key_secret_ref TEXT NOT NULL DEFAULT '';
ALTER TABLE connection_profiles ADD COLUMN ssh_destination TEXT NOT NULL DEFAULT '';
ALTER TABLE connection_profiles ADD COLUMN ssh_port INTEGER NOT NULL DEFAULT 0;
ALTER TABLE connection_profiles ADD COLUMN ssh_config_file TEXT NOT NULL DEFAULT '';
ALTER TABLE connection_profiles ADD COLUMN sentinel_master TEXT NOT NULL DEFAULT '';
