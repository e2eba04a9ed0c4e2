"""Proves that tools/dev/check_layers.py finds what it is there to find, on small trees made for it."""

import contextlib
import io
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parents[2] / "tools/dev"))
import check_layers  # noqa: E402


def check(files):
    """Runs the check on a tree of {path: text}; answers exit code, violations, warnings."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "engine").mkdir()
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        found, warnings = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(found), contextlib.redirect_stderr(warnings):
            code = check_layers.main([root])
        return code, found.getvalue().strip(), warnings.getvalue().strip()


class CheckLayers(unittest.TestCase):
    def assert_allowed(self, files):
        code, found, _ = check(files)
        self.assertEqual((code, found), (0, "all arrows point down"))

    def assert_refused(self, files, place, words):
        code, found, _ = check(files)
        self.assertEqual(code, 1, found)
        lines = found.splitlines()
        self.assertEqual(len(lines), 1, found)
        self.assertTrue(lines[0].startswith(place + ":"), found)
        self.assertIn(words, lines[0])

    def test_arrows_down_are_allowed(self):
        self.assert_allowed({
            "engine/core/a.hpp": "#include <string>\n",
            "engine/decode/a.cpp": '#include "core/a.hpp"\n#include <zlib.h>\n',
            "engine/domain/a.hpp": '#include "core/a.hpp"\n',
            "engine/events/a.hpp": '#include "domain/a.hpp"\n#include "events/b.hpp"\n',
            "engine/log/a.cpp": '#include "core/a.hpp"\n#include <lmdb.h>\n',
            "engine/views/a.cpp": '#include "events/a.hpp"\n#include <sqlite3.h>\n',
            "engine/cache/redis/a.cpp": "#include <hiredis/read.h>\n",
            "engine/secrets/a.cpp": "#include <libsecret/secret.h>\n",
            "engine/plugin_host/child/a.cpp": "#include <boost/dll/import.hpp>\n#include <seccomp.h>\n",
            "engine/actions/a.cpp": '#include "log/a.hpp"\n#include "views/a.hpp"\n#include "cache/a.hpp"\n',
            "engine/studio/a.cpp": '#include "actions/a.hpp"\n#include "secrets/a.hpp"\n',
            "ui-qml/app/a.cpp": '#include <QGuiApplication>\n#include "studio/engine.hpp"\n#include "core/a.hpp"\n',
            "tests/unit/a.cpp": '#include "log/a.hpp"\n#include "views/a.hpp"\n#include <sqlite3.h>\n',
            "tools/bench/a.cpp": '#include "log/a.hpp"\n#include <lmdb.h>\n',
        })

    def test_every_arrow_up_or_aside_is_refused(self):
        order = [["core"], ["decode", "domain"], ["events"], ["log", "views", "cache", "secrets", "plugin_host"],
                 ["actions"], ["studio"]]
        for level, layers in enumerate(order):
            for own in layers:
                for other_level in range(level, len(order)):
                    for other in order[other_level]:
                        if other != own:
                            with self.subTest(own=own, other=other):
                                self.assert_refused({f"engine/{own}/a.cpp": f'\n#include "{other}/x.hpp"\n'},
                                                    f"engine/{own}/a.cpp:2", "may not include")

    def test_views_see_only_the_reader_interface_of_the_log(self):
        self.assert_allowed({"engine/views/a.hpp": '#include "log/event_reader.hpp"\n#include "log/frame.hpp"\n'})
        self.assert_refused({"engine/views/a.hpp": '#include "log/event_log.hpp"\n'}, "engine/views/a.hpp:1", "side by side")
        self.assert_refused({"engine/cache/a.hpp": '#include "log/frame.hpp"\n'}, "engine/cache/a.hpp:1", "side by side")

    def test_a_new_engine_folder_must_get_its_place(self):
        self.assert_refused({"engine/odd/a.cpp": '#include "core/a.hpp"\n'}, "engine/odd/a.cpp:1", "no place")

    def test_libraries_are_refused_outside_their_folders(self):
        for header, name in (("lmdb.h", "LMDB"), ("sqlite3.h", "SQLite"), ("hiredis/hiredis.h", "hiredis"),
                             ("libsecret/secret.h", "libsecret"), ("boost/dll.hpp", "Boost.DLL"), ("seccomp.h", "libseccomp"),
                             ("zlib.h", "a decompressor"), ("lz4frame.h", "a decompressor"),
                             ("QObject", "Qt"), ("QtCore/qobject.h", "Qt"), ("qglobal.h", "Qt")):
            for file in ("engine/actions/a.cpp", "engine/cache/memcached/a.cpp", "tools/cli/a.cpp"):
                with self.subTest(header=header, file=file):
                    self.assert_refused({file: f"#include <{header}>\n"}, f"{file}:1", f"{name} may be seen only in")

    def test_a_front_end_sees_studio_and_what_its_headers_expose(self):
        engine = {"engine/studio/engine.hpp": '#include "actions/keys.hpp"\n',
                  "engine/actions/keys.hpp": '#include "views/rows.hpp"\n',
                  "engine/views/rows.hpp": "#pragma once\n",
                  "engine/actions/gate.hpp": "#pragma once\n"}
        for front in ("tools/cli/main.cpp", "ui-qml/bridge/main.cpp"):
            self.assert_allowed(engine | {front: '#include "studio/engine.hpp"\n#include "views/rows.hpp"\n'
                                                 '#include "events/a.hpp"\n#include "domain/a.hpp"\n'})
            self.assert_refused(engine | {front: '#include "actions/gate.hpp"\n'}, f"{front}:1", "front end")

    def test_a_front_ends_own_folder_may_be_named_like_a_layer(self):
        self.assert_allowed({"tools/cli/log/tail.hpp": "#pragma once\n", "tools/cli/main.cpp": '#include "log/tail.hpp"\n'})

    def test_a_plugin_sees_nothing_of_the_engine(self):
        self.assert_refused({"plugins/webhook/a.cpp": '#include "core/bytes.hpp"\n'}, "plugins/webhook/a.cpp:1", "SDK")

    def test_includes_by_parent_folder_are_refused_everywhere(self):
        for file in ("engine/core/a.cpp", "tests/unit/a.cpp", "tools/cli/a.cpp"):
            self.assert_refused({file: '#include "../x.hpp"\n'}, f"{file}:1", "include root")

    def test_a_long_file_is_a_warning_and_no_violation(self):
        code, found, warnings = check({"engine/core/a.cpp": "\n" * 401, "engine/core/b.cpp": "\n" * 400})
        self.assertEqual((code, found), (0, "all arrows point down"))
        self.assertIn("engine/core/a.cpp: 401 lines", warnings)
        self.assertNotIn("b.cpp", warnings)

    def test_a_tree_without_an_engine_is_no_success(self):
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(io.StringIO()):
            self.assertEqual(check_layers.main([folder]), 2)


if __name__ == "__main__":
    unittest.main()
