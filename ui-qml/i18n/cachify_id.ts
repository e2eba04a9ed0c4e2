<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="id_ID">
<context>
    <name>Act</name>
    <message>
        <source>General</source>
        <translation>Umum</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Connections</source>
        <translation>Koneksi</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Buka</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Ruang kerja</translation>
    </message>
    <message>
        <source>Workflows</source>
        <translation>Alur kerja</translation>
    </message>
    <message>
        <source>Observability</source>
        <translation>Observabilitas</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Peringatan</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Pengaturan</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>Palet perintah</translation>
    </message>
    <message>
        <source>Switch connection</source>
        <translation>Ganti koneksi</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Pintasan papan ketik</translation>
    </message>
    <message>
        <source>Open settings</source>
        <translation>Buka pengaturan</translation>
    </message>
    <message>
        <source>Switch between light and dark</source>
        <translation>Beralih terang dan gelap</translation>
    </message>
    <message>
        <source>Mask values</source>
        <translation>Sembunyikan nilai</translation>
    </message>
    <message>
        <source>Start the sandbox</source>
        <translation>Mulai sandbox</translation>
    </message>
    <message>
        <source>Mark all alerts as read</source>
        <translation>Tandai semua peringatan sudah dibaca</translation>
    </message>
    <message>
        <source>New connection</source>
        <translation>Koneksi baru</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Segarkan</translation>
    </message>
    <message>
        <source>Search keys</source>
        <translation>Cari kunci</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Kunci baru</translation>
    </message>
    <message>
        <source>Save the value</source>
        <translation>Simpan nilai</translation>
    </message>
    <message>
        <source>Roll back this key</source>
        <translation>Kembalikan kunci ini</translation>
    </message>
    <message>
        <source>Close the key</source>
        <translation>Tutup kunci</translation>
    </message>
    <message>
        <source>Next open key</source>
        <translation>Kunci terbuka berikutnya</translation>
    </message>
    <message>
        <source>Keep this key open</source>
        <translation>Biarkan kunci ini terbuka</translation>
    </message>
    <message>
        <source>Keys as a list or in folders</source>
        <translation>Kunci sebagai daftar atau dalam folder</translation>
    </message>
    <message>
        <source>Clear the clipboard</source>
        <translation>Kosongkan papan klip</translation>
    </message>
    <message>
        <source>Import connections…</source>
        <translation>Impor koneksi…</translation>
    </message>
    <message>
        <source>Export connections…</source>
        <translation>Ekspor koneksi…</translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation>Ctrl</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Shift</translation>
    </message>
</context>
<context>
    <name>AlertList</name>
    <message>
        <source>Alerts</source>
        <translation>Peringatan</translation>
    </message>
    <message>
        <source>unread</source>
        <translation>belum dibaca</translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n kali</numerusform>
        </translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>Tandai sudah dibaca</translation>
    </message>
    <message>
        <source>Show its cause in the audit</source>
        <translation>Tampilkan penyebab di audit</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Tidak ada yang cocok</translation>
    </message>
    <message>
        <source>No alerts</source>
        <translation>Tidak ada peringatan</translation>
    </message>
    <message>
        <source>What failed, was blocked or slow, lost connections, and rules that are met appear here.</source>
        <translation>Yang gagal, diblokir, atau lambat, koneksi terputus, dan aturan yang terpenuhi muncul di sini.</translation>
    </message>
    <message>
        <source>Clear the filters</source>
        <translation>Hapus filter</translation>
    </message>
    <message>
        <source>Alerts could not be read</source>
        <translation>Peringatan tidak dapat dibaca</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Coba lagi</translation>
    </message>
</context>
<context>
    <name>AlertSheet</name>
    <message>
        <source>How often</source>
        <translation>Berapa kali</translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n kali</numerusform>
        </translation>
    </message>
    <message>
        <source>First</source>
        <translation>Pertama</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Koneksi</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Sumber</translation>
    </message>
    <message>
        <source>Deliveries</source>
        <translation>Pengiriman</translation>
    </message>
    <message>
        <source>It was given to no publisher.</source>
        <translation>Tidak diberikan ke penerbit mana pun.</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>terkirim</translation>
    </message>
    <message>
        <source>parked</source>
        <translation>diparkir</translation>
    </message>
    <message>
        <source>to be delivered</source>
        <translation>akan dikirim</translation>
    </message>
    <message>
        <source>retrying</source>
        <translation>mencoba ulang</translation>
    </message>
    <message numerus="yes">
        <source>%n attempt(s)</source>
        <translation>
            <numerusform>%n percobaan</numerusform>
        </translation>
    </message>
    <message>
        <source>Show its cause</source>
        <translation>Tampilkan penyebab</translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>Tandai sudah dibaca</translation>
    </message>
</context>
<context>
    <name>AlertsPage</name>
    <message>
        <source>Alerts</source>
        <translation>Peringatan</translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n belum dibaca</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing unread</source>
        <translation>Semua sudah dibaca</translation>
    </message>
    <message>
        <source>Mark all as read</source>
        <translation>Tandai semua sudah dibaca</translation>
    </message>
    <message>
        <source>Read again (F5)</source>
        <translation>Baca lagi (F5)</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Bagian</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Aturan</translation>
    </message>
    <message>
        <source>Publishers</source>
        <translation>Penerbit</translation>
    </message>
    <message>
        <source>Unread only</source>
        <translation>Hanya yang belum dibaca</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Tingkat</translation>
    </message>
    <message>
        <source>Any severity</source>
        <translation>Semua tingkat</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>kritis</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>peringatan</translation>
    </message>
    <message>
        <source>info</source>
        <translation>info</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Sumber</translation>
    </message>
    <message>
        <source>Any source</source>
        <translation>Semua sumber</translation>
    </message>
    <message>
        <source>app</source>
        <translation>aplikasi</translation>
    </message>
    <message>
        <source>policy</source>
        <translation>kebijakan</translation>
    </message>
    <message>
        <source>workflow</source>
        <translation>alur kerja</translation>
    </message>
    <message>
        <source>observability</source>
        <translation>observabilitas</translation>
    </message>
    <message>
        <source>plugin</source>
        <translation>plugin</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Koneksi</translation>
    </message>
    <message>
        <source>All connections</source>
        <translation>Semua koneksi</translation>
    </message>
    <message>
        <source>Delete the rule “%1”?</source>
        <translation>Hapus aturan “%1”?</translation>
    </message>
    <message>
        <source>The alerts it raised stay.</source>
        <translation>Peringatan yang dibuatnya tetap ada.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Hapus</translation>
    </message>
</context>
<context>
    <name>AppButton</name>
    <message>
        <source>Not available. %1</source>
        <translation>Tidak tersedia. %1</translation>
    </message>
</context>
<context>
    <name>Ask</name>
    <message>
        <source>Continue</source>
        <translation>Lanjut</translation>
    </message>
    <message>
        <source>You are about to change production</source>
        <translation>Anda akan mengubah produksi</translation>
    </message>
    <message>
        <source>Type the connection&apos;s name to go on: %1</source>
        <translation>Ketik nama koneksi untuk lanjut: %1</translation>
    </message>
    <message>
        <source>The connection&apos;s name</source>
        <translation>Nama koneksi</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
</context>
<context>
    <name>AuditPage</name>
    <message>
        <source>Audit</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>Every event, newest first. Nothing here can be edited, and a change from outside shows.</source>
        <translation>Setiap peristiwa, terbaru dahulu. Tidak ada yang dapat diedit di sini, dan perubahan dari luar akan terlihat.</translation>
    </message>
    <message>
        <source>Read again (F5)</source>
        <translation>Baca lagi (F5)</translation>
    </message>
    <message>
        <source>Verifying…</source>
        <translation>Memverifikasi…</translation>
    </message>
    <message>
        <source>Verify the log</source>
        <translation>Verifikasi log</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Posisi</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Waktu</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Peristiwa</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Tindakan</translation>
    </message>
    <message>
        <source>Key or pattern</source>
        <translation>Kunci atau pola</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Peristiwa</translation>
    </message>
    <message>
        <source>Filter events</source>
        <translation>Saring peristiwa</translation>
    </message>
    <message>
        <source>Export the event log…</source>
        <translation>Ekspor log peristiwa…</translation>
    </message>
    <message>
        <source>Exporting: %1 lines</source>
        <translation>Mengekspor: %1 baris</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Hentikan</translation>
    </message>
    <message>
        <source>None of the events that were looked through holds this.</source>
        <translation>Tidak ada peristiwa yang diperiksa memuat ini.</translation>
    </message>
    <message>
        <source>Look further back</source>
        <translation>Cari lebih jauh ke belakang</translation>
    </message>
</context>
<context>
    <name>Bar</name>
    <message>
        <source>Scroll sideways</source>
        <translation>Gulir ke samping</translation>
    </message>
    <message>
        <source>Scroll</source>
        <translation>Gulir</translation>
    </message>
</context>
<context>
    <name>BulkDelete</name>
    <message>
        <source>Looking at the selected keys</source>
        <translation>Melihat kunci yang dipilih</translation>
    </message>
    <message>
        <source>On %1, %2. Only these, as they are now: a key that somebody changes before it is deleted is left alone.</source>
        <translation>Di %1, %2. Hanya ini, sebagaimana adanya sekarang: kunci yang diubah orang sebelum dihapus dibiarkan.</translation>
    </message>
    <message>
        <source>Each key is kept first, so all of it can be rolled back.</source>
        <translation>Setiap kunci disimpan dahulu, jadi semuanya dapat dikembalikan.</translation>
    </message>
    <message>
        <source>None of the selected keys is there any more.</source>
        <translation>Tidak satu pun kunci yang dipilih masih ada.</translation>
    </message>
    <message numerus="yes">
        <source>Delete %1 key(s)?</source>
        <translation>
            <numerusform>Hapus %1 kunci?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %1 key(s)</source>
        <translation>
            <numerusform>Hapus %1 kunci</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Connection</source>
        <translation>Koneksi</translation>
    </message>
    <message>
        <source>Switch to a connection</source>
        <translation>Beralih ke koneksi</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Tidak ada yang cocok</translation>
    </message>
    <message>
        <source>Type a command, a connection or a key</source>
        <translation>Ketik perintah, koneksi, atau kunci</translation>
    </message>
</context>
<context>
    <name>ConflictView</name>
    <message>
        <source>Somebody changed this value since you read it. Nothing was written.</source>
        <translation>Seseorang mengubah nilai ini sejak Anda membacanya. Tidak ada yang ditulis.</translation>
    </message>
    <message>
        <source>On the server now</source>
        <translation>Di server sekarang</translation>
    </message>
    <message>
        <source>Yours, not saved</source>
        <translation>Milik Anda, belum disimpan</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Ambil milik mereka</translation>
    </message>
    <message>
        <source>Overwrite with yours</source>
        <translation>Timpa dengan milik Anda</translation>
    </message>
</context>
<context>
    <name>ConnectionEditor</name>
    <message>
        <source>New connection</source>
        <translation>Koneksi baru</translation>
    </message>
    <message>
        <source>Edit connection</source>
        <translation>Edit koneksi</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nama</translation>
    </message>
    <message>
        <source>orders cache</source>
        <translation>cache pesanan</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Mesin</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Basis data</translation>
    </message>
    <message>
        <source>Unix socket</source>
        <translation>Soket Unix</translation>
    </message>
    <message>
        <source>In place of host and port</source>
        <translation>Sebagai ganti host dan port</translation>
    </message>
    <message>
        <source>Topology</source>
        <translation>Topologi</translation>
    </message>
    <message>
        <source>Standalone</source>
        <translation>Mandiri</translation>
    </message>
    <message>
        <source>Sentinel</source>
        <translation>Sentinel</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>Klaster</translation>
    </message>
    <message>
        <source>Name of the master</source>
        <translation>Nama master</translation>
    </message>
    <message>
        <source>Authentication</source>
        <translation>Autentikasi</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Pengguna</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Kata sandi</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Encrypt the connection</source>
        <translation>Enkripsi koneksi</translation>
    </message>
    <message>
        <source>Verify the server&apos;s certificate</source>
        <translation>Verifikasi sertifikat server</translation>
    </message>
    <message>
        <source>Anybody on the way can read and change what is sent.</source>
        <translation>Siapa pun di jalur dapat membaca dan mengubah apa yang dikirim.</translation>
    </message>
    <message>
        <source>Trusted certificates (PEM)</source>
        <translation>Sertifikat tepercaya (PEM)</translation>
    </message>
    <message>
        <source>those of the system</source>
        <translation>milik sistem</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>Sertifikat klien</translation>
    </message>
    <message>
        <source>Client key</source>
        <translation>Kunci klien</translation>
    </message>
    <message>
        <source>Name in the certificate</source>
        <translation>Nama di sertifikat</translation>
    </message>
    <message>
        <source>Tunnel</source>
        <translation>Terowongan</translation>
    </message>
    <message>
        <source>SSH destination</source>
        <translation>Tujuan SSH</translation>
    </message>
    <message>
        <source>Safety</source>
        <translation>Keamanan</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Lingkungan</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>Pengembangan</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>Staging</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Produksi</translation>
    </message>
    <message>
        <source>Read-only: block every change</source>
        <translation>Hanya baca: blokir setiap perubahan</translation>
    </message>
    <message>
        <source>Policy read-only: only lifted here, never from the workspace</source>
        <translation>Kebijakan hanya baca: hanya dicabut di sini, tidak dari ruang kerja</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Separated by commas</source>
        <translation>Dipisahkan koma</translation>
    </message>
    <message>
        <source>Timeouts and retries</source>
        <translation>Batas waktu dan percobaan ulang</translation>
    </message>
    <message>
        <source>Timeout, ms</source>
        <translation>Batas waktu, md</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Percobaan</translation>
    </message>
    <message>
        <source>Back-off, ms</source>
        <translation>Jeda ulang, md</translation>
    </message>
    <message>
        <source>Key separator</source>
        <translation>Pemisah kunci</translation>
    </message>
    <message>
        <source>Slow from, ms</source>
        <translation>Lambat mulai, md</translation>
    </message>
    <message>
        <source>Delete this connection</source>
        <translation>Hapus koneksi ini</translation>
    </message>
    <message>
        <source>Cancel test</source>
        <translation>Batalkan tes</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Uji</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>Delete the connection “%1”?</source>
        <translation>Hapus koneksi “%1”?</translation>
    </message>
    <message>
        <source>Its stored password goes with it. The event log keeps what was done over it.</source>
        <translation>Kata sandi tersimpannya ikut dihapus. Log peristiwa menyimpan apa yang dilakukan melaluinya.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Hapus</translation>
    </message>
    <message>
        <source>in the certificate&apos;s file</source>
        <translation>di berkas sertifikat</translation>
    </message>
    <message>
        <source>Passphrase of the key</source>
        <translation>Frasa sandi kunci</translation>
    </message>
    <message>
        <source>SSH port</source>
        <translation>Port SSH</translation>
    </message>
    <message>
        <source>SSH configuration</source>
        <translation>Konfigurasi SSH</translation>
    </message>
    <message>
        <source>Run by your own ssh: key files, agent, jumps and known hosts are those of its configuration.</source>
        <translation>Dijalankan oleh ssh Anda sendiri: berkas kunci, agen, lompatan, dan host yang dikenal mengikuti konfigurasinya.</translation>
    </message>
    <message>
        <source>Forgotten when you save.</source>
        <translation>Dilupakan saat Anda menyimpan.</translation>
    </message>
    <message>
        <source>Stored; leave it empty to keep it.</source>
        <translation>Tersimpan; biarkan kosong untuk mempertahankannya.</translation>
    </message>
    <message>
        <source>Keep it after all</source>
        <translation>Tetap simpan</translation>
    </message>
    <message>
        <source>Forget the stored password</source>
        <translation>Lupakan kata sandi tersimpan</translation>
    </message>
    <message>
        <source>Forget the stored passphrase</source>
        <translation>Lupakan frasa sandi tersimpan</translation>
    </message>
    <message>
        <source>Discard what was typed?</source>
        <translation>Buang yang sudah diketik?</translation>
    </message>
    <message>
        <source>Another connection was given to fill this form with.</source>
        <translation>Koneksi lain diberikan untuk mengisi formulir ini.</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Buang</translation>
    </message>
</context>
<context>
    <name>ConnectionFiles</name>
    <message>
        <source>Export connections</source>
        <translation>Ekspor koneksi</translation>
    </message>
    <message>
        <source>Connections (*.json)</source>
        <translation>Koneksi (*.json)</translation>
    </message>
    <message>
        <source>Import connections</source>
        <translation>Impor koneksi</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Semua berkas (*)</translation>
    </message>
</context>
<context>
    <name>ConnectionRow</name>
    <message>
        <source>connected</source>
        <translation>terhubung</translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation>tidak terjangkau</translation>
    </message>
    <message>
        <source>not used yet</source>
        <translation>belum dipakai</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>hanya baca</translation>
    </message>
    <message>
        <source>policy: read-only</source>
        <translation>kebijakan: hanya baca</translation>
    </message>
    <message>
        <source>TLS not verified</source>
        <translation>TLS tidak diverifikasi</translation>
    </message>
    <message>
        <source>Duplicate %1</source>
        <translation>Duplikasi %1</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>Edit %1</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Buka</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>favorit</translation>
    </message>
    <message>
        <source>%1 is a favourite: not any more</source>
        <translation>%1 adalah favorit: tidak lagi</translation>
    </message>
    <message>
        <source>Make %1 a favourite: first in lists</source>
        <translation>Jadikan %1 favorit: pertama dalam daftar</translation>
    </message>
</context>
<context>
    <name>ConnectionsPage</name>
    <message>
        <source>Connections</source>
        <translation>Koneksi</translation>
    </message>
    <message numerus="yes">
        <source>%n profile(s)</source>
        <translation>
            <numerusform>%n profil</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 profiles</source>
        <translation>%1 dari %2 profil</translation>
    </message>
    <message>
        <source>Filter by name, host or tag</source>
        <translation>Saring nama, host, atau tag</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>Kelompokkan menurut</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Lingkungan</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>New connection</source>
        <translation>Koneksi baru</translation>
    </message>
    <message>
        <source>No connection matches</source>
        <translation>Tidak ada koneksi yang cocok</translation>
    </message>
    <message>
        <source>Nothing is called “%1”, and no host or tag is like it.</source>
        <translation>Tidak ada yang bernama “%1”, dan tidak ada host atau tag yang mirip.</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Hapus filter</translation>
    </message>
    <message>
        <source>The connections could not be read</source>
        <translation>Koneksi tidak dapat dibaca</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Coba lagi</translation>
    </message>
    <message>
        <source>Import connections…</source>
        <translation>Impor koneksi…</translation>
    </message>
    <message>
        <source>Export connections…</source>
        <translation>Ekspor koneksi…</translation>
    </message>
</context>
<context>
    <name>CopyMenu</name>
    <message>
        <source>Copy as it is</source>
        <translation>Salin apa adanya</translation>
    </message>
    <message>
        <source>Copy as shown</source>
        <translation>Salin seperti yang tampil</translation>
    </message>
    <message>
        <source>Copy as a command</source>
        <translation>Salin sebagai perintah</translation>
    </message>
    <message>
        <source>Clear the clipboard</source>
        <translation>Kosongkan papan klip</translation>
    </message>
    <message>
        <source>Write to a file…</source>
        <translation>Tulis ke berkas…</translation>
    </message>
</context>
<context>
    <name>ElementsView</name>
    <message>
        <source>Field</source>
        <translation>Bidang</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>Indeks</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>Anggota</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Entri</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Nilai</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>Item</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Skor</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Bidang</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Tambah</translation>
    </message>
    <message>
        <source>Elements</source>
        <translation>Elemen</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ubah</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Hapus</translation>
    </message>
    <message>
        <source>Remove this element?</source>
        <translation>Hapus elemen ini?</translation>
    </message>
    <message>
        <source>Load more</source>
        <translation>Muat lagi</translation>
    </message>
    <message>
        <source>Add an element</source>
        <translation>Tambah elemen</translation>
    </message>
    <message>
        <source>Change the element</source>
        <translation>Ubah elemen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>Change this key?</source>
        <translation>Ubah kunci ini?</translation>
    </message>
    <message>
        <source>Too long, or not plain text on one line: change it with cachify</source>
        <translation>Terlalu panjang, atau bukan teks biasa satu baris: ubah dengan cachify</translation>
    </message>
</context>
<context>
    <name>EnvironmentBadge</name>
    <message>
        <source>PROD</source>
        <translation>PROD</translation>
    </message>
    <message>
        <source>STAGING</source>
        <translation>STAGING</translation>
    </message>
    <message>
        <source>DEV</source>
        <translation>DEV</translation>
    </message>
</context>
<context>
    <name>EventList</name>
    <message>
        <source>Time</source>
        <translation>Waktu</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Tindakan</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Koneksi</translation>
    </message>
    <message>
        <source>Key or pattern, and what came of it</source>
        <translation>Kunci atau pola, dan hasilnya</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Durasi</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Sumber</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Peristiwa</translation>
    </message>
    <message>
        <source>slow</source>
        <translation>lambat</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Tidak ada yang cocok</translation>
    </message>
    <message>
        <source>No event of this period has all that is asked for.</source>
        <translation>Tidak ada peristiwa pada periode ini yang memenuhi semuanya.</translation>
    </message>
    <message>
        <source>Clear the filters</source>
        <translation>Hapus filter</translation>
    </message>
    <message>
        <source>The timeline could not be read</source>
        <translation>Linimasa tidak dapat dibaca</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Coba lagi</translation>
    </message>
</context>
<context>
    <name>EventSheet</name>
    <message>
        <source>Position %1</source>
        <translation>Posisi %1</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Waktu</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Siapa</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Sumber</translation>
    </message>
    <message>
        <source>Event id</source>
        <translation>ID peristiwa</translation>
    </message>
    <message>
        <source>Correlation</source>
        <translation>Korelasi</translation>
    </message>
    <message>
        <source>Caused by</source>
        <translation>Disebabkan oleh</translation>
    </message>
    <message>
        <source>Payload</source>
        <translation>Muatan</translation>
    </message>
</context>
<context>
    <name>Guard</name>
    <message>
        <source>On %1, %2.</source>
        <translation>Di %1, %2.</translation>
    </message>
    <message>
        <source>A snapshot is taken first, so this can be undone.</source>
        <translation>Snapshot diambil dahulu, jadi ini dapat dibatalkan.</translation>
    </message>
    <message>
        <source>Go on without a way back?</source>
        <translation>Lanjutkan tanpa jalan kembali?</translation>
    </message>
    <message>
        <source>Nothing was changed. No snapshot can be taken that leads all the way back, as where a value is too large for one: this cannot be undone.</source>
        <translation>Tidak ada yang diubah. Tidak dapat dibuat snapshot yang sepenuhnya memulihkan keadaan, misalnya karena nilainya terlalu besar: ini tidak dapat diurungkan.</translation>
    </message>
    <message>
        <source>Go on without a way back</source>
        <translation>Lanjutkan tanpa jalan kembali</translation>
    </message>
    <message numerus="yes">
        <source>Discard what was changed in %n key(s)?</source>
        <translation>
            <numerusform>Buang perubahan pada %n kunci?</numerusform>
        </translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Buang</translation>
    </message>
</context>
<context>
    <name>HealthCard</name>
    <message>
        <source>healthy</source>
        <translation>sehat</translation>
    </message>
    <message>
        <source>degraded</source>
        <translation>menurun</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>luring</translation>
    </message>
    <message>
        <source>not used yet</source>
        <translation>belum dipakai</translation>
    </message>
    <message>
        <source>p95 %1</source>
        <translation>p95 %1</translation>
    </message>
    <message>
        <source>errors %1</source>
        <translation>galat %1</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>errors</source>
        <translation>galat</translation>
    </message>
    <message>
        <source>ops</source>
        <translation>op</translation>
    </message>
    <message>
        <source>slow</source>
        <translation>lambat</translation>
    </message>
    <message>
        <source>no sample yet; open it to watch its server</source>
        <translation>belum ada sampel; buka untuk memantau servernya</translation>
    </message>
</context>
<context>
    <name>HeatCell</name>
    <message>
        <source>%1: %2 operations, %3 errors, %4 blocked</source>
        <translation>%1: %2 operasi, %3 galat, %4 diblokir</translation>
    </message>
    <message>
        <source>%1: nothing</source>
        <translation>%1: tidak ada</translation>
    </message>
    <message>
        <source>1k+</source>
        <translation>1rb+</translation>
    </message>
</context>
<context>
    <name>HeatPanel</name>
    <message>
        <source>Errors</source>
        <translation>Galat</translation>
    </message>
    <message>
        <source>Not all connections are shown: choose one, or a shorter period.</source>
        <translation>Tidak semua koneksi ditampilkan: pilih satu, atau periode yang lebih pendek.</translation>
    </message>
    <message>
        <source>The number in a place is how many failed; – was blocked.</source>
        <translation>Angka di tiap kotak adalah jumlah yang gagal; – berarti diblokir.</translation>
    </message>
    <message>
        <source>Errors by</source>
        <translation>Galat menurut</translation>
    </message>
    <message>
        <source>By time</source>
        <translation>Menurut waktu</translation>
    </message>
    <message>
        <source>By environment</source>
        <translation>Menurut lingkungan</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Produksi</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>Staging</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>Pengembangan</translation>
    </message>
    <message>
        <source>Errors, connection by time</source>
        <translation>Galat, koneksi menurut waktu</translation>
    </message>
    <message>
        <source>Errors, connection by environment</source>
        <translation>Galat, koneksi menurut lingkungan</translation>
    </message>
    <message>
        <source>No connection was used in this period.</source>
        <translation>Tidak ada koneksi yang dipakai pada periode ini.</translation>
    </message>
</context>
<context>
    <name>HistorySheet</name>
    <message>
        <source>History</source>
        <translation>Riwayat</translation>
    </message>
    <message>
        <source>Overwrite what somebody changed meanwhile?</source>
        <translation>Timpa yang diubah orang lain sementara itu?</translation>
    </message>
    <message>
        <source>Restore this snapshot?</source>
        <translation>Pulihkan snapshot ini?</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Pulihkan</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>Snapshot</translation>
    </message>
    <message>
        <source>%1, before %2</source>
        <translation>%1, sebelum %2</translation>
    </message>
    <message>
        <source>before %1</source>
        <translation>sebelum %1</translation>
    </message>
    <message>
        <source>No snapshots yet</source>
        <translation>Belum ada snapshot</translation>
    </message>
    <message>
        <source>Before each change made here, the key is kept as it was. Nothing was changed so far.</source>
        <translation>Sebelum setiap perubahan dari sini, kunci disimpan apa adanya. Sejauh ini belum ada yang diubah.</translation>
    </message>
    <message>
        <source>What restoring would change</source>
        <translation>Yang akan diubah oleh pemulihan</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Perbedaan</translation>
    </message>
    <message>
        <source>Restore all the same</source>
        <translation>Tetap pulihkan</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Tutup</translation>
    </message>
</context>
<context>
    <name>ImportSheet</name>
    <message>
        <source>Import connections</source>
        <translation>Impor koneksi</translation>
    </message>
    <message>
        <source>Passwords never come along: give them here afterwards.</source>
        <translation>Kata sandi tidak pernah ikut: berikan di sini setelahnya.</translation>
    </message>
    <message>
        <source>Connections of the file</source>
        <translation>Koneksi dalam berkas</translation>
    </message>
    <message>
        <source>is imported</source>
        <translation>diimpor</translation>
    </message>
    <message>
        <source>is left out</source>
        <translation>dilewati</translation>
    </message>
    <message>
        <source>here already</source>
        <translation>sudah ada</translation>
    </message>
    <message>
        <source>new</source>
        <translation>baru</translation>
    </message>
    <message>
        <source>needs its password here</source>
        <translation>memerlukan kata sandinya di sini</translation>
    </message>
    <message>
        <source>Import it as</source>
        <translation>Impor sebagai</translation>
    </message>
    <message>
        <source>Name of %1 here</source>
        <translation>Nama %1 di sini</translation>
    </message>
    <message>
        <source>Nothing was imported</source>
        <translation>Tidak ada yang diimpor</translation>
    </message>
    <message>
        <source>No connections in this file</source>
        <translation>Tidak ada koneksi dalam berkas ini</translation>
    </message>
    <message>
        <source>A file that Export or `cachify connections export` wrote is needed.</source>
        <translation>Diperlukan berkas yang ditulis oleh Ekspor atau `cachify connections export`.</translation>
    </message>
    <message numerus="yes">
        <source>%n of them chosen</source>
        <translation>
            <numerusform>%n di antaranya dipilih</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Impor</translation>
    </message>
    <message>
        <source>TLS without verification</source>
        <translation>TLS tanpa verifikasi</translation>
    </message>
    <message>
        <source>Connection %1 of the file</source>
        <translation>Koneksi %1 dalam berkas</translation>
    </message>
    <message>
        <source>not valid</source>
        <translation>tidak valid</translation>
    </message>
</context>
<context>
    <name>KeyList</name>
    <message>
        <source>Search keys</source>
        <translation>Cari kunci</translation>
    </message>
    <message>
        <source>Exact key</source>
        <translation>Kunci persis</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Tipe</translation>
    </message>
    <message>
        <source>All types</source>
        <translation>Semua tipe</translation>
    </message>
    <message>
        <source>New key (Ctrl+N)</source>
        <translation>Kunci baru (Ctrl+N)</translation>
    </message>
    <message>
        <source>This connection is read-only</source>
        <translation>Koneksi ini hanya baca</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Persis</translation>
    </message>
    <message>
        <source>Takes * ? [ as they are</source>
        <translation>Menganggap * ? [ apa adanya</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Berhenti</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Lainnya</translation>
    </message>
    <message>
        <source>Scan again (F5)</source>
        <translation>Pindai lagi (F5)</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Kunci</translation>
    </message>
    <message>
        <source>The keys could not be listed</source>
        <translation>Kunci tidak dapat didaftar</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Coba lagi</translation>
    </message>
    <message>
        <source>Edit the connection</source>
        <translation>Edit koneksi</translation>
    </message>
    <message>
        <source>Nothing found so far</source>
        <translation>Belum ada yang ditemukan</translation>
    </message>
    <message>
        <source>No key matches</source>
        <translation>Tidak ada kunci yang cocok</translation>
    </message>
    <message>
        <source>Scan more</source>
        <translation>Pindai lagi</translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) selected</source>
        <translation>
            <numerusform>%n kunci dipilih</numerusform>
        </translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Kosongkan</translation>
    </message>
    <message>
        <source>Show keys as</source>
        <translation>Tampilkan kunci sebagai</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Daftar</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>Pohon</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Hapus…</translation>
    </message>
    <message>
        <source>Keys are being deleted</source>
        <translation>Kunci sedang dihapus</translation>
    </message>
    <message>
        <source>Key or pattern: user:*</source>
        <translation>Kunci atau pola: user:*</translation>
    </message>
</context>
<context>
    <name>KeyPanel</name>
    <message>
        <source>Overwrite this value?</source>
        <translation>Timpa nilai ini?</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>Delete this key?</source>
        <translation>Hapus kunci ini?</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Hapus</translation>
    </message>
    <message>
        <source>Choose a key</source>
        <translation>Pilih kunci</translation>
    </message>
    <message>
        <source>Its value, TTL and history show here. The arrow keys go through the list.</source>
        <translation>Nilai, TTL, dan riwayatnya tampil di sini. Tombol panah menelusuri daftar.</translation>
    </message>
    <message>
        <source>Copy the value</source>
        <translation>Salin nilai</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Baca lagi</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Riwayat</translation>
    </message>
    <message>
        <source>Delete the key</source>
        <translation>Hapus kunci</translation>
    </message>
    <message>
        <source>This connection is read-only</source>
        <translation>Koneksi ini hanya baca</translation>
    </message>
    <message>
        <source>TTL %1</source>
        <translation>TTL %1</translation>
    </message>
    <message>
        <source>Set TTL</source>
        <translation>Setel TTL</translation>
    </message>
    <message>
        <source>The value could not be read</source>
        <translation>Nilai tidak dapat dibaca</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Coba lagi</translation>
    </message>
    <message>
        <source>This key is not there any more</source>
        <translation>Kunci ini sudah tidak ada</translation>
    </message>
    <message>
        <source>It was deleted, renamed, or has expired. Its history may bring it back.</source>
        <translation>Kunci ini dihapus, diganti nama, atau kedaluwarsa. Riwayatnya mungkin dapat mengembalikannya.</translation>
    </message>
    <message>
        <source>Open history</source>
        <translation>Buka riwayat</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Tampilan</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>Otomatis</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Teks</translation>
    </message>
    <message>
        <source>Hex</source>
        <translation>Hex</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Nilai</translation>
    </message>
    <message>
        <source>Values are masked</source>
        <translation>Nilai disembunyikan</translation>
    </message>
    <message>
        <source>The eye in the top bar shows them again.</source>
        <translation>Ikon mata di bilah atas menampilkannya lagi.</translation>
    </message>
    <message>
        <source>Load more</source>
        <translation>Muat lagi</translation>
    </message>
    <message>
        <source>Time to live</source>
        <translation>Masa hidup</translation>
    </message>
    <message>
        <source>Now %1. Leave it empty to keep the key for ever.</source>
        <translation>Sekarang %1. Kosongkan agar kunci disimpan selamanya.</translation>
    </message>
    <message>
        <source>The key does not expire now. Leave it empty to keep it so.</source>
        <translation>Kunci ini tidak kedaluwarsa. Kosongkan agar tetap begitu.</translation>
    </message>
    <message>
        <source>Change the TTL?</source>
        <translation>Ubah TTL?</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Detik</translation>
    </message>
    <message>
        <source>Seconds, e.g. 3600</source>
        <translation>Detik, mis. 3600</translation>
    </message>
    <message>
        <source>Too large to be edited here: replace it by a file</source>
        <translation>Terlalu besar untuk disunting di sini: ganti dengan berkas</translation>
    </message>
    <message>
        <source>Not plain text: replace it by a file</source>
        <translation>Bukan teks biasa: ganti dengan berkas</translation>
    </message>
    <message>
        <source>Replace the value by a file</source>
        <translation>Ganti nilai dengan berkas</translation>
    </message>
    <message>
        <source>What is in this file takes the value&apos;s place when you save, byte for byte.</source>
        <translation>Saat Anda menyimpan, isi berkas ini menggantikan nilai itu, bita demi bita.</translation>
    </message>
    <message>
        <source>Load all, %1</source>
        <translation>Muat semua, %1</translation>
    </message>
</context>
<context>
    <name>KeyTabs</name>
    <message>
        <source>Open keys</source>
        <translation>Kunci terbuka</translation>
    </message>
    <message>
        <source>changed, not saved</source>
        <translation>diubah, belum disimpan</translation>
    </message>
    <message>
        <source>Close %1 (Ctrl+W)</source>
        <translation>Tutup %1 (Ctrl+W)</translation>
    </message>
</context>
<context>
    <name>KeyTree</name>
    <message>
        <source>Keys in folders</source>
        <translation>Kunci dalam folder</translation>
    </message>
    <message>
        <source>%1, %2 keys</source>
        <translation>%1, %2 kunci</translation>
    </message>
    <message>
        <source>open</source>
        <translation>terbuka</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>tertutup</translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message>
        <source>A change is being written. The window closes when it is done.</source>
        <translation>Sebuah perubahan sedang ditulis. Jendela ditutup setelah selesai.</translation>
    </message>
    <message>
        <source>Work on many keys is under way; it can be resumed from Workflows › History.</source>
        <translation>Pekerjaan pada banyak kunci sedang berjalan; dapat dilanjutkan dari Alur kerja › Riwayat.</translation>
    </message>
    <message>
        <source>Close the window?</source>
        <translation>Tutup jendela?</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Tutup</translation>
    </message>
</context>
<context>
    <name>Loading</name>
    <message>
        <source>Working</source>
        <translation>Bekerja</translation>
    </message>
</context>
<context>
    <name>LogExport</name>
    <message>
        <source>Export the event log</source>
        <translation>Ekspor log peristiwa</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>Baris JSON (*.jsonl)</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>%1 – Cachify Studio</source>
        <translation>%1 – Cachify Studio</translation>
    </message>
    <message>
        <source>Cachify Studio</source>
        <translation>Cachify Studio</translation>
    </message>
    <message>
        <source>%1 – no way back</source>
        <translation>%1 – tidak dapat dibatalkan</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Urungkan</translation>
    </message>
    <message>
        <source>The event log could not be opened</source>
        <translation>Log peristiwa tidak dapat dibuka</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Coba lagi</translation>
    </message>
    <message>
        <source>Undo the last change?</source>
        <translation>Urungkan perubahan terakhir?</translation>
    </message>
    <message>
        <source>Bring these keys back?</source>
        <translation>Kembalikan kunci-kunci ini?</translation>
    </message>
    <message>
        <source>Roll back</source>
        <translation>Kembalikan</translation>
    </message>
    <message>
        <source>%1 is trusted</source>
        <translation>%1 dipercaya</translation>
    </message>
    <message>
        <source>%1 is not trusted any more</source>
        <translation>%1 tidak dipercaya lagi</translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) exported to %1, without their passwords</source>
        <translation>
            <numerusform>%n koneksi diekspor ke %1, tanpa kata sandinya</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) imported</source>
        <translation>
            <numerusform>%n koneksi diimpor</numerusform>
        </translation>
    </message>
    <message>
        <source>%1; passwords are needed for %2</source>
        <translation>%1; kata sandi diperlukan untuk %2</translation>
    </message>
    <message>
        <source>%1 lines of the log exported to %2</source>
        <translation>%1 baris log diekspor ke %2</translation>
    </message>
    <message>
        <source>The value is in %1</source>
        <translation>Nilai ada di %1</translation>
    </message>
    <message>
        <source>%1. Workflows › History can bring these keys back.</source>
        <translation>%1. Kunci ini dapat dikembalikan lewat Alur kerja › Riwayat.</translation>
    </message>
    <message>
        <source>%1 was not changed: there would be no way back</source>
        <translation>%1 tidak diubah: tidak akan ada jalan kembali</translation>
    </message>
</context>
<context>
    <name>NewKeyDialog</name>
    <message>
        <source>New key</source>
        <translation>Kunci baru</translation>
    </message>
    <message>
        <source>An existing key is never overwritten.</source>
        <translation>Kunci yang sudah ada tidak pernah ditimpa.</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Buat</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Kunci</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Tipe</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Nilai</translation>
    </message>
    <message>
        <source>First field</source>
        <translation>Bidang pertama</translation>
    </message>
    <message>
        <source>First item</source>
        <translation>Item pertama</translation>
    </message>
    <message>
        <source>First member</source>
        <translation>Anggota pertama</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Pertama</translation>
    </message>
    <message>
        <source>Its value</source>
        <translation>Nilainya</translation>
    </message>
    <message>
        <source>Its score</source>
        <translation>Skornya</translation>
    </message>
    <message>
        <source>Second</source>
        <translation>Kedua</translation>
    </message>
</context>
<context>
    <name>ObservabilityPage</name>
    <message>
        <source>Observability</source>
        <translation>Observabilitas</translation>
    </message>
    <message>
        <source>%1 · goes on by itself</source>
        <translation>%1 · berjalan sendiri</translation>
    </message>
    <message>
        <source>Health, trend, errors and what was slow.</source>
        <translation>Kesehatan, tren, galat, dan apa yang lambat.</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Koneksi</translation>
    </message>
    <message>
        <source>All connections</source>
        <translation>Semua koneksi</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Periode</translation>
    </message>
    <message>
        <source>15 min</source>
        <translation>15 mnt</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 j</translation>
    </message>
    <message>
        <source>6 h</source>
        <translation>6 j</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 j</translation>
    </message>
    <message>
        <source>7 d</source>
        <translation>7 h</translation>
    </message>
    <message>
        <source>30 d</source>
        <translation>30 h</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>Khusus</translation>
    </message>
    <message>
        <source>Read again (F5)</source>
        <translation>Baca lagi (F5)</translation>
    </message>
    <message>
        <source>2026-01-31 12:00</source>
        <translation>2026-01-31 12:00</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Dari</translation>
    </message>
    <message>
        <source>to</source>
        <translation>sampai</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Sampai</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Bagian</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Ikhtisar</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Linimasa</translation>
    </message>
    <message>
        <source>Slow operations</source>
        <translation>Operasi lambat</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Coba lagi</translation>
    </message>
    <message>
        <source>Health of connections</source>
        <translation>Kesehatan koneksi</translation>
    </message>
    <message>
        <source>Nothing happened in this period</source>
        <translation>Tidak ada kejadian pada periode ini</translation>
    </message>
    <message>
        <source>Every operation, reads included, appears here, whoever did it.</source>
        <translation>Setiap operasi, termasuk pembacaan, muncul di sini, siapa pun pelakunya.</translation>
    </message>
    <message>
        <source>Nothing was slow in this period</source>
        <translation>Tidak ada yang lambat pada periode ini</translation>
    </message>
    <message>
        <source>What takes at least a connection&apos;s threshold appears here, and entries of the servers&apos; slow logs.</source>
        <translation>Yang mencapai ambang lambat koneksi muncul di sini, juga entri log lambat server.</translation>
    </message>
    <message>
        <source>No connections yet</source>
        <translation>Belum ada koneksi</translation>
    </message>
    <message>
        <source>Add one: everything that is done over it, and how its server does, appears here.</source>
        <translation>Tambahkan satu: semua yang dilakukan melaluinya, dan keadaan servernya, muncul di sini.</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Koneksi</translation>
    </message>
</context>
<context>
    <name>ParameterField</name>
    <message>
        <source>%1. As JSON.</source>
        <translation>%1. Sebagai JSON.</translation>
    </message>
</context>
<context>
    <name>PlanList</name>
    <message>
        <source>Plan</source>
        <translation>Rencana</translation>
    </message>
    <message>
        <source>no TTL</source>
        <translation>tanpa TTL</translation>
    </message>
</context>
<context>
    <name>PluginSheet</name>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versi</translation>
    </message>
    <message>
        <source>Provides</source>
        <translation>Menyediakan</translation>
    </message>
    <message>
        <source>May use</source>
        <translation>Boleh memakai</translation>
    </message>
    <message>
        <source>nothing but what it is given</source>
        <translation>hanya yang diberikan kepadanya</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Asal</translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation>Pembuat</translation>
    </message>
    <message>
        <source>License</source>
        <translation>Lisensi</translation>
    </message>
    <message>
        <source>ABI</source>
        <translation>ABI</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Folder</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Digest</translation>
    </message>
    <message>
        <source>Revoke…</source>
        <translation>Cabut…</translation>
    </message>
    <message>
        <source>Trust…</source>
        <translation>Percayai…</translation>
    </message>
    <message>
        <source>Trust %1?</source>
        <translation>Percayai %1?</translation>
    </message>
    <message>
        <source>A plugin is native code: it can do what you can do. Trust is for just the bytes of this digest, in %1.</source>
        <translation>Plugin adalah kode native: ia dapat melakukan apa pun yang dapat Anda lakukan. Kepercayaan hanya berlaku untuk byte dengan digest ini, di %1.</translation>
    </message>
    <message>
        <source>Trust</source>
        <translation>Percayai</translation>
    </message>
    <message>
        <source>Revoke %1?</source>
        <translation>Cabut kepercayaan pada %1?</translation>
    </message>
    <message>
        <source>It is used no more, whatever its version, by the app and the command line alike. It can be trusted again.</source>
        <translation>Tidak akan dipakai lagi, apa pun versinya, oleh aplikasi maupun baris perintah. Dapat dipercaya kembali.</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Cabut</translation>
    </message>
</context>
<context>
    <name>PluginsView</name>
    <message>
        <source>bundled</source>
        <translation>bawaan</translation>
    </message>
    <message>
        <source>trusted</source>
        <translation>dipercaya</translation>
    </message>
    <message>
        <source>not trusted</source>
        <translation>tidak dipercaya</translation>
    </message>
    <message>
        <source>changed since it was trusted</source>
        <translation>berubah sejak dipercaya</translation>
    </message>
    <message>
        <source>revoked</source>
        <translation>dicabut</translation>
    </message>
    <message>
        <source>in quarantine</source>
        <translation>dalam karantina</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>ditolak</translation>
    </message>
    <message>
        <source>came with the program</source>
        <translation>datang bersama program</translation>
    </message>
    <message>
        <source>installed for everybody</source>
        <translation>dipasang untuk semua</translation>
    </message>
    <message>
        <source>from CACHIFY_PLUGIN_PATH</source>
        <translation>dari CACHIFY_PLUGIN_PATH</translation>
    </message>
    <message>
        <source>named by hand</source>
        <translation>disebut manual</translation>
    </message>
    <message>
        <source>your own</source>
        <translation>milik Anda</translation>
    </message>
    <message>
        <source>workflow kind</source>
        <translation>jenis alur kerja</translation>
    </message>
    <message>
        <source>alert publisher</source>
        <translation>penerbit peringatan</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Coba lagi</translation>
    </message>
    <message>
        <source>None found.</source>
        <translation>Tidak ada yang ditemukan.</translation>
    </message>
    <message numerus="yes">
        <source>%n fault(s) in a row</source>
        <translation>
            <numerusform>%n kegagalan berturut-turut</numerusform>
        </translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Rincian</translation>
    </message>
    <message>
        <source>Details of %1</source>
        <translation>Rincian %1</translation>
    </message>
</context>
<context>
    <name>PublisherSheet</name>
    <message>
        <source>Saving switches it on, for alerts from then on.</source>
        <translation>Menyimpan mengaktifkannya, untuk peringatan sejak saat itu.</translation>
    </message>
    <message>
        <source>kept; type to replace it</source>
        <translation>tersimpan; ketik untuk mengganti</translation>
    </message>
    <message>
        <source>Which alerts</source>
        <translation>Peringatan mana</translation>
    </message>
    <message>
        <source>every alert</source>
        <translation>setiap peringatan</translation>
    </message>
    <message>
        <source>warning and critical</source>
        <translation>peringatan dan kritis</translation>
    </message>
    <message>
        <source>critical only</source>
        <translation>hanya kritis</translation>
    </message>
    <message>
        <source>Attempts before it is parked</source>
        <translation>Percobaan sebelum diparkir</translation>
    </message>
    <message>
        <source>1 to 20</source>
        <translation>1 sampai 20</translation>
    </message>
    <message>
        <source>Wait before the second, in ms</source>
        <translation>Jeda sebelum yang kedua, dalam md</translation>
    </message>
    <message>
        <source>doubles with each</source>
        <translation>berlipat dua setiap kali</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Save and switch on</source>
        <translation>Simpan dan aktifkan</translation>
    </message>
</context>
<context>
    <name>PublishersView</name>
    <message>
        <source>Delivering a test…</source>
        <translation>Mengirim tes…</translation>
    </message>
    <message>
        <source>A test was delivered.</source>
        <translation>Sebuah tes terkirim.</translation>
    </message>
    <message>
        <source>Not delivered: %1</source>
        <translation>Tidak terkirim: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s) will be delivered</source>
        <translation>
            <numerusform>%n peringatan akan dikirim</numerusform>
        </translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Coba lagi</translation>
    </message>
    <message>
        <source>No publishers</source>
        <translation>Tidak ada penerbit</translation>
    </message>
    <message>
        <source>Publishers are plugins; none is installed that may be used.</source>
        <translation>Penerbit adalah plugin; tidak ada yang terpasang dan boleh dipakai.</translation>
    </message>
    <message>
        <source>on</source>
        <translation>aktif</translation>
    </message>
    <message>
        <source>off</source>
        <translation>mati</translation>
    </message>
    <message>
        <source>every alert</source>
        <translation>setiap peringatan</translation>
    </message>
    <message>
        <source>warning and critical</source>
        <translation>peringatan dan kritis</translation>
    </message>
    <message>
        <source>critical only</source>
        <translation>hanya kritis</translation>
    </message>
    <message>
        <source>Send a test</source>
        <translation>Kirim tes</translation>
    </message>
    <message>
        <source>Send a test to %1</source>
        <translation>Kirim tes ke %1</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Pengaturan</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>Siapkan</translation>
    </message>
    <message>
        <source>Settings of %1</source>
        <translation>Pengaturan %1</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>Matikan</translation>
    </message>
    <message>
        <source>Switch off %1; its settings stay</source>
        <translation>Matikan %1; pengaturannya tetap</translation>
    </message>
    <message numerus="yes">
        <source>%n delivered</source>
        <translation>
            <numerusform>%n terkirim</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n menunggu</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n parked</source>
        <translation>
            <numerusform>%n diparkir</numerusform>
        </translation>
    </message>
    <message>
        <source>last at %1</source>
        <translation>terakhir %1</translation>
    </message>
    <message>
        <source>next attempt at %1</source>
        <translation>percobaan berikutnya %1</translation>
    </message>
    <message>
        <source>Deliver parked ones</source>
        <translation>Kirim yang diparkir</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>A whole number above zero is needed here.</source>
        <translation>Di sini diperlukan bilangan bulat di atas nol.</translation>
    </message>
    <message>
        <source>was not there</source>
        <translation>tidak ada</translation>
    </message>
    <message>
        <source>no TTL</source>
        <translation>tanpa TTL</translation>
    </message>
    <message>
        <source>TTL %1</source>
        <translation>TTL %1</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>kedaluwarsa</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>dihapus</translation>
    </message>
    <message>
        <source>A time is written like 2026-01-31 12:00.</source>
        <translation>Waktu ditulis seperti 2026-01-31 12:00.</translation>
    </message>
    <message>
        <source>The period ends before it begins.</source>
        <translation>Periode berakhir sebelum dimulai.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 dari %2</translation>
    </message>
    <message>
        <source>%1 done</source>
        <translation>%1 selesai</translation>
    </message>
    <message>
        <source>, %1 failed</source>
        <translation>, %1 gagal</translation>
    </message>
    <message>
        <source>, %1 skipped</source>
        <translation>, %1 dilewati</translation>
    </message>
    <message numerus="yes">
        <source>%1 key(s)</source>
        <translation>
            <numerusform>%1 kunci</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Connections</source>
        <translation>Koneksi</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Ruang kerja</translation>
    </message>
    <message>
        <source>Workflows</source>
        <translation>Alur kerja</translation>
    </message>
    <message>
        <source>Observability</source>
        <translation>Observabilitas</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Peringatan</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Halaman</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n unread</source>
        <translation>
            <numerusform>%1, %n belum dibaca</numerusform>
        </translation>
    </message>
    <message>
        <source>Cachify Studio</source>
        <translation>Cachify Studio</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Pengaturan</translation>
    </message>
</context>
<context>
    <name>RuleSheet</name>
    <message>
        <source>New rule</source>
        <translation>Aturan baru</translation>
    </message>
    <message>
        <source>Edit the rule</source>
        <translation>Edit aturan</translation>
    </message>
    <message>
        <source>At most one alert in each look-back.</source>
        <translation>Paling banyak satu peringatan per rentang tinjau.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nama</translation>
    </message>
    <message>
        <source>Too many errors in production</source>
        <translation>Terlalu banyak galat di produksi</translation>
    </message>
    <message>
        <source>What is looked at</source>
        <translation>Yang diamati</translation>
    </message>
    <message>
        <source>Error rate, 0 to 1</source>
        <translation>Tingkat galat, 0 sampai 1</translation>
    </message>
    <message>
        <source>p95 of durations, in ms</source>
        <translation>p95 durasi, dalam md</translation>
    </message>
    <message>
        <source>Number of operations</source>
        <translation>Jumlah operasi</translation>
    </message>
    <message>
        <source>Number of errors</source>
        <translation>Jumlah galat</translation>
    </message>
    <message>
        <source>Number of blocked operations</source>
        <translation>Jumlah operasi diblokir</translation>
    </message>
    <message>
        <source>Number of slow operations</source>
        <translation>Jumlah operasi lambat</translation>
    </message>
    <message>
        <source>Number of reconnects</source>
        <translation>Jumlah sambung ulang</translation>
    </message>
    <message>
        <source>Longest ping, in ms</source>
        <translation>Ping terlama, dalam ms</translation>
    </message>
    <message>
        <source>Commands per second, on average</source>
        <translation>Perintah per detik, rata-rata</translation>
    </message>
    <message>
        <source>Memory used, in bytes</source>
        <translation>Memori terpakai, dalam byte</translation>
    </message>
    <message>
        <source>Connected clients</source>
        <translation>Klien terhubung</translation>
    </message>
    <message>
        <source>Hit rate, 0 to 1</source>
        <translation>Rasio temuan, 0 sampai 1</translation>
    </message>
    <message>
        <source>Keys evicted</source>
        <translation>Kunci terusir</translation>
    </message>
    <message>
        <source>Replication lag, in ms</source>
        <translation>Jeda replikasi, dalam ms</translation>
    </message>
    <message>
        <source>Is</source>
        <translation>Adalah</translation>
    </message>
    <message>
        <source>above</source>
        <translation>di atas</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>minimal</translation>
    </message>
    <message>
        <source>below</source>
        <translation>di bawah</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>maksimal</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Ambang</translation>
    </message>
    <message>
        <source>0.2</source>
        <translation>0.2</translation>
    </message>
    <message>
        <source>Over minutes</source>
        <translation>Selama menit</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Tingkat</translation>
    </message>
    <message>
        <source>info</source>
        <translation>info</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>peringatan</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>kritis</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Koneksi</translation>
    </message>
    <message>
        <source>Every connection, each by itself</source>
        <translation>Setiap koneksi, masing-masing</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Lingkungan</translation>
    </message>
    <message>
        <source>Any environment</source>
        <translation>Semua lingkungan</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Produksi</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>Staging</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>Pengembangan</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Create the rule</source>
        <translation>Buat aturan</translation>
    </message>
    <message>
        <source>Save the rule</source>
        <translation>Simpan aturan</translation>
    </message>
</context>
<context>
    <name>RulesView</name>
    <message>
        <source>Try again</source>
        <translation>Coba lagi</translation>
    </message>
    <message>
        <source>Threshold rules</source>
        <translation>Aturan ambang</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>Aturan baru</translation>
    </message>
    <message>
        <source>No rules yet</source>
        <translation>Belum ada aturan</translation>
    </message>
    <message>
        <source>on</source>
        <translation>aktif</translation>
    </message>
    <message>
        <source>Whether %1 raises alerts</source>
        <translation>Apakah %1 memicu peringatan</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>Edit %1</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>Hapus %1</translation>
    </message>
    <message>
        <source>What Cachify watches itself</source>
        <translation>Yang dipantau Cachify sendiri</translation>
    </message>
    <message>
        <source>Whether this raises alerts: %1</source>
        <translation>Apakah ini memicu peringatan: %1</translation>
    </message>
</context>
<context>
    <name>RunHistory</name>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Any status</source>
        <translation>Semua status</translation>
    </message>
    <message>
        <source>Read again (F5)</source>
        <translation>Baca lagi (F5)</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Proses</translation>
    </message>
    <message>
        <source>dry run</source>
        <translation>uji coba</translation>
    </message>
    <message>
        <source>Nothing was run yet</source>
        <translation>Belum ada yang dijalankan</translation>
    </message>
    <message>
        <source>No run with this status</source>
        <translation>Tidak ada proses dengan status ini</translation>
    </message>
</context>
<context>
    <name>RunSheet</name>
    <message>
        <source>Open the connection it ran on</source>
        <translation>Buka koneksi tempat ini dijalankan</translation>
    </message>
    <message>
        <source>dry run</source>
        <translation>uji coba</translation>
    </message>
    <message>
        <source>Roll back “%1”?</source>
        <translation>Kembalikan “%1”?</translation>
    </message>
    <message>
        <source>Roll back</source>
        <translation>Kembalikan</translation>
    </message>
    <message>
        <source>Go on with “%1”?</source>
        <translation>Lanjutkan “%1”?</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Lanjutkan</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Ditemukan</translation>
    </message>
    <message>
        <source>Succeeded</source>
        <translation>Berhasil</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Durasi</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Pesan</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Keys, failures first</source>
        <translation>Kunci, yang gagal dahulu</translation>
    </message>
    <message>
        <source>Keys of this run</source>
        <translation>Kunci pada proses ini</translation>
    </message>
    <message>
        <source>No key was touched</source>
        <translation>Tidak ada kunci yang disentuh</translation>
    </message>
    <message>
        <source>Edit and rerun</source>
        <translation>Edit dan jalankan ulang</translation>
    </message>
    <message>
        <source>Rerun</source>
        <translation>Jalankan ulang</translation>
    </message>
    <message>
        <source>Planned, nothing is changed yet</source>
        <translation>Direncanakan, belum ada yang diubah</translation>
    </message>
    <message>
        <source>No key was found</source>
        <translation>Tidak ada kunci yang ditemukan</translation>
    </message>
</context>
<context>
    <name>SaveBar</name>
    <message>
        <source>Changed: %1</source>
        <translation>Berubah: %1</translation>
    </message>
    <message>
        <source>Keep the TTL</source>
        <translation>Pertahankan TTL</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Buang</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>By the file: %1</source>
        <translation>Oleh berkas: %1</translation>
    </message>
</context>
<context>
    <name>SaveDialog</name>
    <message>
        <source>Save</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>Replace the file?</source>
        <translation>Ganti berkas?</translation>
    </message>
    <message>
        <source>A file of this name is there already. What is in it will be lost.</source>
        <translation>Berkas dengan nama ini sudah ada. Isinya akan hilang.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ganti</translation>
    </message>
</context>
<context>
    <name>Scroller</name>
    <message>
        <source>Scroll</source>
        <translation>Gulir</translation>
    </message>
    <message>
        <source>Scroll sideways</source>
        <translation>Gulir ke samping</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Pengaturan</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Tema</translation>
    </message>
    <message>
        <source>Changes at once; System follows the desktop.</source>
        <translation>Langsung berubah; Sistem mengikuti desktop.</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Sistem</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Terang</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Gelap</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>Kerapatan</translation>
    </message>
    <message>
        <source>How much fits on a screen.</source>
        <translation>Seberapa banyak yang muat di layar.</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>Lega</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Ringkas</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>Kurangi gerakan</translation>
    </message>
    <message>
        <source>Nothing fades or slides.</source>
        <translation>Tidak ada yang memudar atau bergeser.</translation>
    </message>
    <message>
        <source>Plugins</source>
        <translation>Plugin</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Tentang</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versi</translation>
    </message>
    <message>
        <source>Event log</source>
        <translation>Log peristiwa</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Posisi</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Bahasa</translation>
    </message>
    <message>
        <source>What the engine and servers say stays in English.</source>
        <translation>Pesan dari mesin dan server tetap dalam bahasa Inggris.</translation>
    </message>
    <message>
        <source>in the keyring of the desktop (Secret Service)</source>
        <translation>di gantungan kunci desktop (Secret Service)</translation>
    </message>
    <message>
        <source>in a file sealed with your passphrase</source>
        <translation>di berkas yang disegel dengan frasa sandi Anda</translation>
    </message>
    <message>
        <source>in a file sealed with a key beside it that only you can read</source>
        <translation>di berkas yang disegel dengan kunci di sampingnya yang hanya dapat Anda baca</translation>
    </message>
    <message>
        <source>in memory: gone when the app ends</source>
        <translation>di memori: hilang saat aplikasi berakhir</translation>
    </message>
    <message>
        <source>New connections</source>
        <translation>Koneksi baru</translation>
    </message>
    <message>
        <source>Timeout</source>
        <translation>Batas waktu</translation>
    </message>
    <message>
        <source>Of each attempt, in milliseconds: 100 to 120000. The form begins with it.</source>
        <translation>Untuk setiap percobaan, dalam milidetik: 100 hingga 120000. Formulir dimulai dengannya.</translation>
    </message>
    <message>
        <source>Timeout, ms</source>
        <translation>Batas waktu, md</translation>
    </message>
    <message>
        <source>Production is read-only</source>
        <translation>Produksi hanya-baca</translation>
    </message>
    <message>
        <source>A new connection to production begins read-only; its form can lift that.</source>
        <translation>Koneksi baru ke produksi dimulai hanya-baca; formulirnya dapat mencabutnya.</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>Hanya baca</translation>
    </message>
    <message>
        <source>Passwords</source>
        <translation>Kata sandi</translation>
    </message>
    <message>
        <source>Their file</source>
        <translation>Berkasnya</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Ukuran teks</translation>
    </message>
    <message>
        <source>Of all text here; what holds it grows along.</source>
        <translation>Berlaku untuk semua teks di sini; wadahnya ikut membesar.</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>125 %</source>
        <translation>125 %</translation>
    </message>
    <message>
        <source>150 %</source>
        <translation>150 %</translation>
    </message>
</context>
<context>
    <name>SeverityBadge</name>
    <message>
        <source>critical</source>
        <translation>kritis</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>peringatan</translation>
    </message>
    <message>
        <source>info</source>
        <translation>info</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Pintasan papan ketik</translation>
    </message>
</context>
<context>
    <name>SideSheet</name>
    <message>
        <source>Close</source>
        <translation>Tutup</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>ping %1</source>
        <translation>ping %1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>sandbox running</source>
        <translation>sandbox berjalan</translation>
    </message>
    <message>
        <source>log at %1</source>
        <translation>log di %1</translation>
    </message>
    <message numerus="yes">
        <source>views %n event(s) behind</source>
        <translation>
            <numerusform>tampilan tertinggal %n peristiwa</numerusform>
        </translation>
    </message>
    <message>
        <source>the server does not answer; it is tried again</source>
        <translation>server tidak menjawab; terus dicoba lagi</translation>
    </message>
</context>
<context>
    <name>TaskChip</name>
    <message>
        <source>%1, dry run</source>
        <translation>%1, uji coba</translation>
    </message>
    <message>
        <source>Cancel: %1</source>
        <translation>Batal: %1</translation>
    </message>
</context>
<context>
    <name>TemplateList</name>
    <message>
        <source>Templates</source>
        <translation>Templat</translation>
    </message>
    <message>
        <source>Delete the template %1</source>
        <translation>Hapus templat %1</translation>
    </message>
    <message>
        <source>Delete this template?</source>
        <translation>Hapus templat ini?</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Hapus</translation>
    </message>
</context>
<context>
    <name>TimelineFilters</name>
    <message>
        <source>Search the timeline</source>
        <translation>Cari di linimasa</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Tindakan</translation>
    </message>
    <message>
        <source>Action, such as keys.get</source>
        <translation>Tindakan, mis. keys.get</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Any status</source>
        <translation>Semua status</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Lingkungan</translation>
    </message>
    <message>
        <source>Any environment</source>
        <translation>Semua lingkungan</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Produksi</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>Staging</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>Pengembangan</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Sumber</translation>
    </message>
    <message>
        <source>Any source</source>
        <translation>Semua sumber</translation>
    </message>
    <message>
        <source>app</source>
        <translation>aplikasi</translation>
    </message>
    <message>
        <source>cli</source>
        <translation>cli</translation>
    </message>
    <message>
        <source>workflow</source>
        <translation>alur kerja</translation>
    </message>
    <message>
        <source>plugin</source>
        <translation>plugin</translation>
    </message>
    <message>
        <source>engine</source>
        <translation>mesin</translation>
    </message>
    <message>
        <source>Clear the filters</source>
        <translation>Hapus filter</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Switch connection (Ctrl+P)</source>
        <translation>Ganti koneksi (Ctrl+P)</translation>
    </message>
    <message>
        <source>Search or run a command</source>
        <translation>Cari atau jalankan perintah</translation>
    </message>
    <message>
        <source>Command palette (Ctrl+K)</source>
        <translation>Palet perintah (Ctrl+K)</translation>
    </message>
    <message>
        <source>Values are masked; show them</source>
        <translation>Nilai disembunyikan; tampilkan</translation>
    </message>
    <message>
        <source>Mask values</source>
        <translation>Sembunyikan nilai</translation>
    </message>
    <message numerus="yes">
        <source>Alerts: %n unread (Ctrl+5)</source>
        <translation>
            <numerusform>Peringatan: %n belum dibaca (Ctrl+5)</numerusform>
        </translation>
    </message>
    <message>
        <source>Alerts: nothing unread (Ctrl+5)</source>
        <translation>Peringatan: semua sudah dibaca (Ctrl+5)</translation>
    </message>
    <message>
        <source>Deleting keys</source>
        <translation>Menghapus kunci</translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation>Alur kerja</translation>
    </message>
    <message>
        <source>Ctrl+K</source>
        <translation>Ctrl+K</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>Saved counter:visits</source>
        <translation>counter:visits disimpan</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Urungkan</translation>
    </message>
    <message>
        <source>Delete this key?</source>
        <translation>Hapus kunci ini?</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Hapus</translation>
    </message>
</context>
<context>
    <name>TrendPanel</name>
    <message>
        <source>Operations</source>
        <translation>Operasi</translation>
    </message>
    <message>
        <source>operations</source>
        <translation>operasi</translation>
    </message>
    <message>
        <source>errors</source>
        <translation>galat</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>Operations over time</source>
        <translation>Operasi dari waktu ke waktu</translation>
    </message>
    <message>
        <source>Nothing was done in this period.</source>
        <translation>Tidak ada yang dilakukan pada periode ini.</translation>
    </message>
</context>
<context>
    <name>TrustChip</name>
    <message>
        <source>Connected to %1, %2, %3</source>
        <translation>Terhubung ke %1, %2, %3</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>Tidak ada koneksi</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>TLS not verified</source>
        <translation>TLS tidak diverifikasi</translation>
    </message>
    <message>
        <source>writable</source>
        <translation>dapat ditulis</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>hanya baca</translation>
    </message>
    <message>
        <source>policy: read-only</source>
        <translation>kebijakan: hanya baca</translation>
    </message>
    <message>
        <source>%1, %2: not reachable</source>
        <translation>%1, %2: tidak terjangkau</translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation>tidak terjangkau</translation>
    </message>
</context>
<context>
    <name>UnreadBadge</name>
    <message>
        <source>99+</source>
        <translation>99+</translation>
    </message>
</context>
<context>
    <name>ValueEditor</name>
    <message>
        <source>Find in the value</source>
        <translation>Cari dalam nilai</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Tidak ditemukan</translation>
    </message>
    <message>
        <source>Part %1 of %2</source>
        <translation>Bagian %1 dari %2</translation>
    </message>
    <message>
        <source>New value</source>
        <translation>Nilai baru</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Kembali</translation>
    </message>
    <message>
        <source>To the part before</source>
        <translation>Ke bagian sebelumnya</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Lanjut</translation>
    </message>
    <message>
        <source>To the next part</source>
        <translation>Ke bagian berikutnya</translation>
    </message>
</context>
<context>
    <name>ValueFiles</name>
    <message>
        <source>Replace the value by a file</source>
        <translation>Ganti nilai dengan berkas</translation>
    </message>
    <message>
        <source>Write the value to a file</source>
        <translation>Tulis nilai ke berkas</translation>
    </message>
</context>
<context>
    <name>ValueLines</name>
    <message>
        <source>Value</source>
        <translation>Nilai</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Welcome to Cachify Studio</source>
        <translation>Selamat datang di Cachify Studio</translation>
    </message>
    <message>
        <source>Redis and Memcached, where nothing dangerous happens by accident, and everything that happened can be seen, proved and undone.</source>
        <translation>Redis dan Memcached, tempat tidak ada hal berbahaya terjadi tanpa sengaja, dan semua yang terjadi dapat dilihat, dibuktikan, dan dibatalkan.</translation>
    </message>
    <message>
        <source>Add a connection</source>
        <translation>Tambah koneksi</translation>
    </message>
    <message>
        <source>Fill in host, credentials, TLS and safety rules, and test it before it is saved.</source>
        <translation>Isi host, kredensial, TLS, dan aturan keamanan, lalu uji sebelum disimpan.</translation>
    </message>
    <message>
        <source>Paste a URL</source>
        <translation>Tempel URL</translation>
    </message>
    <message>
        <source>redis://, rediss://, redis+unix:// or memcached:// fills the form for you.</source>
        <translation>redis://, rediss://, redis+unix://, atau memcached:// mengisi formulir untuk Anda.</translation>
    </message>
    <message>
        <source>Connection URL</source>
        <translation>URL koneksi</translation>
    </message>
    <message>
        <source>Use this URL</source>
        <translation>Pakai URL ini</translation>
    </message>
    <message>
        <source>Try the sandbox</source>
        <translation>Coba sandbox</translation>
    </message>
    <message>
        <source>A throw-away Redis and Memcached on this machine with sample data, gone when you close the window.</source>
        <translation>Redis dan Memcached sementara di komputer ini dengan data contoh, hilang saat jendela ditutup.</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Memulai…</translation>
    </message>
    <message>
        <source>Start the sandbox</source>
        <translation>Mulai sandbox</translation>
    </message>
    <message>
        <source>Coming from another machine?</source>
        <translation>Datang dari komputer lain?</translation>
    </message>
    <message>
        <source>Import connections…</source>
        <translation>Impor koneksi…</translation>
    </message>
</context>
<context>
    <name>WorkflowForm</name>
    <message>
        <source>Run this plan?</source>
        <translation>Jalankan rencana ini?</translation>
    </message>
    <message>
        <source>With the parameters of an earlier run. What you leave as it is stays as it was then.</source>
        <translation>Dengan parameter proses terdahulu. Yang tidak Anda ubah tetap seperti waktu itu.</translation>
    </message>
    <message>
        <source>Dry run</source>
        <translation>Uji coba</translation>
    </message>
    <message>
        <source>This connection is read-only</source>
        <translation>Koneksi ini hanya baca</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Save as template…</source>
        <translation>Simpan sebagai templat…</translation>
    </message>
    <message>
        <source>No key would be changed.</source>
        <translation>Tidak ada kunci yang akan diubah.</translation>
    </message>
    <message>
        <source>Save as a template</source>
        <translation>Simpan sebagai templat</translation>
    </message>
    <message>
        <source>The parameters as they are now, under a name of yours.</source>
        <translation>Parameter seperti sekarang, dengan nama dari Anda.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nama</translation>
    </message>
    <message>
        <source>Name of the template</source>
        <translation>Nama templat</translation>
    </message>
    <message numerus="yes">
        <source>Run on %1 key(s)</source>
        <translation>
            <numerusform>Jalankan pada %1 kunci</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 key(s) would be changed</source>
        <translation>
            <numerusform>%1 kunci akan diubah</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WorkflowsPage</name>
    <message>
        <source>Workflows</source>
        <translation>Alur kerja</translation>
    </message>
    <message>
        <source>On %1. Every key is kept before it is changed, so a run can be rolled back.</source>
        <translation>Di %1. Setiap kunci disimpan sebelum diubah, sehingga proses dapat dikembalikan.</translation>
    </message>
    <message>
        <source>Open a connection to run one.</source>
        <translation>Buka koneksi untuk menjalankannya.</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Bagian</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Jalankan</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Riwayat</translation>
    </message>
    <message>
        <source>No connection is open</source>
        <translation>Tidak ada koneksi terbuka</translation>
    </message>
    <message>
        <source>Choose a connection</source>
        <translation>Pilih koneksi</translation>
    </message>
    <message>
        <source>Choose a template</source>
        <translation>Pilih templat</translation>
    </message>
    <message>
        <source>A dry run shows every key and what would be done to it. Nothing is changed until you run it.</source>
        <translation>Uji coba menampilkan setiap kunci dan apa yang akan dilakukan. Tidak ada yang diubah sebelum Anda menjalankannya.</translation>
    </message>
</context>
<context>
    <name>WorkspacePage</name>
    <message>
        <source>No connection is open</source>
        <translation>Tidak ada koneksi terbuka</translation>
    </message>
    <message>
        <source>Choose one to browse its keys. Nothing is changed by looking.</source>
        <translation>Pilih satu untuk menjelajahi kuncinya. Melihat tidak mengubah apa pun.</translation>
    </message>
    <message>
        <source>Choose a connection</source>
        <translation>Pilih koneksi</translation>
    </message>
</context>
<context>
    <name>alerts</name>
    <message>
        <source>An operation failed</source>
        <translation>Sebuah operasi gagal</translation>
    </message>
    <message>
        <source>An operation was blocked by policy</source>
        <translation>Sebuah operasi diblokir oleh kebijakan</translation>
    </message>
    <message>
        <source>An operation was slow</source>
        <translation>Sebuah operasi lambat</translation>
    </message>
    <message>
        <source>A workflow did not end in success</source>
        <translation>Alur kerja tidak berakhir sukses</translation>
    </message>
    <message>
        <source>A connection was lost</source>
        <translation>Koneksi terputus</translation>
    </message>
    <message>
        <source>A plugin failed</source>
        <translation>Sebuah plugin gagal</translation>
    </message>
    <message>
        <source>The event log is damaged</source>
        <translation>Log peristiwa rusak</translation>
    </message>
    <message>
        <source>met: %1 on %2</source>
        <translation>terpenuhi: %1 di %2</translation>
    </message>
    <message>
        <source>now %1 on %2</source>
        <translation>kini %1 di %2</translation>
    </message>
    <message>
        <source>error rate</source>
        <translation>tingkat galat</translation>
    </message>
    <message>
        <source>p95 in ms</source>
        <translation>p95 dalam md</translation>
    </message>
    <message>
        <source>operations</source>
        <translation>operasi</translation>
    </message>
    <message>
        <source>errors</source>
        <translation>galat</translation>
    </message>
    <message>
        <source>blocked operations</source>
        <translation>operasi diblokir</translation>
    </message>
    <message>
        <source>slow operations</source>
        <translation>operasi lambat</translation>
    </message>
    <message>
        <source>reconnects</source>
        <translation>sambung ulang</translation>
    </message>
    <message>
        <source>longest ping in ms</source>
        <translation>ping terlama dalam ms</translation>
    </message>
    <message>
        <source>commands per second</source>
        <translation>perintah per detik</translation>
    </message>
    <message>
        <source>memory used in bytes</source>
        <translation>memori terpakai dalam byte</translation>
    </message>
    <message>
        <source>connected clients</source>
        <translation>klien terhubung</translation>
    </message>
    <message>
        <source>hit rate</source>
        <translation>rasio temuan</translation>
    </message>
    <message>
        <source>keys evicted</source>
        <translation>kunci terusir</translation>
    </message>
    <message>
        <source>replication lag in ms</source>
        <translation>jeda replikasi dalam ms</translation>
    </message>
    <message>
        <source>The threshold must be a number.</source>
        <translation>Ambang harus berupa angka.</translation>
    </message>
    <message>
        <source>The look-back must be whole minutes, 1 to 1440.</source>
        <translation>Rentang tinjau harus menit bulat, 1 sampai 1440.</translation>
    </message>
    <message>
        <source>%1 %2 %3 over %4</source>
        <translation>%1 %2 %3 selama %4</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 mnt</translation>
    </message>
</context>
<context>
    <name>cachify::ui::AlertRulesDesk</name>
    <message>
        <source>every connection</source>
        <translation>setiap koneksi</translation>
    </message>
    <message>
        <source>a removed connection</source>
        <translation>koneksi yang dihapus</translation>
    </message>
    <message>
        <source>every connection of %1</source>
        <translation>setiap koneksi %1</translation>
    </message>
</context>
<context>
    <name>cachify::ui::AuditLog</name>
    <message>
        <source>removed; its digest is kept</source>
        <translation>dihapus; digest-nya disimpan</translation>
    </message>
    <message>
        <source>%1 events verified in %2: every checksum, digest and link of the chain holds.</source>
        <translation>%1 peristiwa diverifikasi dalam %2: setiap checksum, digest, dan mata rantai cocok.</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n masalah</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cachify::ui::BulkRun</name>
    <message>
        <source>starting</source>
        <translation>memulai</translation>
    </message>
    <message>
        <source>%1 · %2/s</source>
        <translation>%1 · %2/dtk</translation>
    </message>
    <message>
        <source> · %1 left</source>
        <translation> · sisa %1</translation>
    </message>
    <message>
        <source>The dry run did not end: %1</source>
        <translation>Uji coba tidak selesai: %1</translation>
    </message>
    <message>
        <source>%1: %2 in %3</source>
        <translation>%1: %2 dalam %3</translation>
    </message>
    <message numerus="yes">
        <source>%1 key(s) found</source>
        <translation>
            <numerusform>%1 kunci ditemukan</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cachify::ui::ConnectionExchange</name>
    <message>
        <source>It needs a name.</source>
        <translation>Perlu sebuah nama.</translation>
    </message>
    <message>
        <source>A connection of this name is here already.</source>
        <translation>Koneksi dengan nama ini sudah ada di sini.</translation>
    </message>
    <message>
        <source>Another one is to have this name.</source>
        <translation>Koneksi lain akan memakai nama ini.</translation>
    </message>
</context>
<context>
    <name>cachify::ui::ConnectionForm</name>
    <message>
        <source>%1 %2, a ping takes %3</source>
        <translation>%1 %2, ping memakan %3</translation>
    </message>
    <message>
        <source>%1 copy</source>
        <translation>Salinan %1</translation>
    </message>
</context>
<context>
    <name>cachify::ui::ConnectionsModel</name>
    <message>
        <source>No tag</source>
        <translation>Tanpa tag</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Produksi</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>Staging</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>Pengembangan</translation>
    </message>
    <message>
        <source>used just now</source>
        <translation>baru saja dipakai</translation>
    </message>
    <message numerus="yes">
        <source>used %n minute(s) ago</source>
        <translation>
            <numerusform>dipakai %n menit lalu</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>used %n hour(s) ago</source>
        <translation>
            <numerusform>dipakai %n jam lalu</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>used %n day(s) ago</source>
        <translation>
            <numerusform>dipakai %n hari lalu</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cachify::ui::KeyDocument</name>
    <message>
        <source>not told by the server</source>
        <translation>tidak diberitahu server</translation>
    </message>
    <message>
        <source>no expiry</source>
        <translation>tanpa kedaluwarsa</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>kedaluwarsa</translation>
    </message>
    <message numerus="yes">
        <source>%n element(s)</source>
        <translation>
            <numerusform>%n elemen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>%1 disimpan</translation>
    </message>
    <message>
        <source>(not a text any more)</source>
        <translation>(bukan teks lagi)</translation>
    </message>
    <message>
        <source>the TTL must be a number of seconds</source>
        <translation>TTL harus berupa jumlah detik</translation>
    </message>
    <message>
        <source>TTL set to %1</source>
        <translation>TTL disetel ke %1</translation>
    </message>
    <message>
        <source>TTL removed</source>
        <translation>TTL dihapus</translation>
    </message>
    <message>
        <source>Deleted %1</source>
        <translation>%1 dihapus</translation>
    </message>
    <message>
        <source>Element added</source>
        <translation>Elemen ditambahkan</translation>
    </message>
    <message>
        <source>Element changed</source>
        <translation>Elemen diubah</translation>
    </message>
    <message>
        <source>Element removed</source>
        <translation>Elemen dihapus</translation>
    </message>
    <message>
        <source>The key is what this snapshot says.</source>
        <translation>Kunci ini sama dengan isi snapshot.</translation>
    </message>
    <message>
        <source>Restored %1</source>
        <translation>%1 dipulihkan</translation>
    </message>
    <message>
        <source>%1 is larger than %2</source>
        <translation>%1 lebih besar dari %2</translation>
    </message>
    <message>
        <source>this key is not there any more; nothing was changed</source>
        <translation>kunci ini sudah tidak ada; tidak ada yang diubah</translation>
    </message>
    <message>
        <source>this element is not there any more; nothing was changed</source>
        <translation>elemen ini sudah tidak ada; tidak ada yang diubah</translation>
    </message>
    <message>
        <source>this element holds something else by now; nothing was changed</source>
        <translation>elemen ini kini berisi hal lain; tidak ada yang diubah</translation>
    </message>
</context>
<context>
    <name>cachify::ui::KeyTreeModel</name>
    <message>
        <source>%1 more in this folder; search to see them</source>
        <translation>%1 lagi di folder ini; cari untuk melihatnya</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(kosong)</translation>
    </message>
</context>
<context>
    <name>cachify::ui::Observatory</name>
    <message>
        <source>Updated %1</source>
        <translation>Diperbarui %1</translation>
    </message>
</context>
<context>
    <name>cachify::ui::OpenKeys</name>
    <message>
        <source>Undone</source>
        <translation>Diurungkan</translation>
    </message>
    <message>
        <source>%1, on %2</source>
        <translation>%1, di %2</translation>
    </message>
</context>
<context>
    <name>cachify::ui::Studio</name>
    <message>
        <source>success</source>
        <translation>sukses</translation>
    </message>
    <message>
        <source>error</source>
        <translation>galat</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>diblokir</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>tidak diketahui</translation>
    </message>
    <message>
        <source>applied</source>
        <translation>diterapkan</translation>
    </message>
    <message>
        <source>running</source>
        <translation>berjalan</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>terputus</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>dibatalkan</translation>
    </message>
    <message>
        <source>aborted</source>
        <translation>dihentikan</translation>
    </message>
    <message>
        <source>succeeded</source>
        <translation>berhasil</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gagal</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>dilewati</translation>
    </message>
</context>
<context>
    <name>cachify::ui::Timeline</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 sampai %2</translation>
    </message>
</context>
<context>
    <name>cachify::ui::TrendChart</name>
    <message numerus="yes">
        <source>%n operation(s)</source>
        <translation>
            <numerusform>%n operasi</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n galat</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: nothing</source>
        <translation>%1: tidak ada</translation>
    </message>
    <message>
        <source>%1: %2 operations, %3 errors, p50 %4, p95 %5</source>
        <translation>%1: %2 operasi, %3 galat, p50 %4, p95 %5</translation>
    </message>
</context>
<context>
    <name>cachify::ui::WorkflowDesk</name>
    <message>
        <source>no plugin provides it</source>
        <translation>tidak ada plugin yang menyediakannya</translation>
    </message>
</context>
<context>
    <name>cachify::ui::Workspace</name>
    <message>
        <source>%1 scanned</source>
        <translation>%1 dipindai</translation>
    </message>
    <message>
        <source>%1 of ~%2 scanned</source>
        <translation>%1 dari ~%2 dipindai</translation>
    </message>
    <message>
        <source>The list is at its limit of %1 keys. More goes on from here, in their place; a pattern narrows it.</source>
        <translation>Daftar mencapai batas %1 kunci. “Lagi” melanjutkan dari sini, menggantikannya; pola mempersempitnya.</translation>
    </message>
</context>
<context>
    <name>health</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>ping %1</source>
        <translation>ping %1</translation>
    </message>
    <message>
        <source>%1 ops/s</source>
        <translation>%1 op/dtk</translation>
    </message>
    <message>
        <source>hits %1</source>
        <translation>hit %1</translation>
    </message>
    <message>
        <source>lag %1</source>
        <translation>ketertinggalan %1</translation>
    </message>
    <message>
        <source>cluster %1</source>
        <translation>klaster %1</translation>
    </message>
    <message numerus="yes">
        <source>%n client(s)</source>
        <translation>
            <numerusform>%n klien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n eviction(s)</source>
        <translation>
            <numerusform>%n penggusuran</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>text</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 md</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 dtk</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 mnt %2 dtk</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 j %2 mnt</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 h %2 j</translation>
    </message>
    <message>
        <source>%1 µs</source>
        <translation>%1 µd</translation>
    </message>
</context>
</TS>
