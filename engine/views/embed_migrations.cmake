# cmake -D OUTPUT=file.cpp -D "FILES=0001_a.sql;0002_b.sql" -P embed_migrations.cmake
list(SORT FILES)
set(entries "")
set(expected 1)
foreach(file ${FILES})
  get_filename_component(name ${file} NAME)
  string(REGEX MATCH "^([0-9][0-9][0-9][0-9])_[a-z0-9_]+\\.sql$" matched ${name})
  if(NOT matched)
    message(FATAL_ERROR "${name}: a migration is called NNNN_name.sql")
  endif()
  string(REGEX REPLACE "^0+" "" number ${CMAKE_MATCH_1})
  if(NOT number EQUAL expected)
    message(FATAL_ERROR "${name}: the next migration must have number ${expected}")
  endif()
  math(EXPR expected "${expected} + 1")
  file(READ ${file} sql)
  string(APPEND entries "    {${number}, \"${name}\", R\"sql(${sql})sql\"},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"views/migrations.hpp\"

namespace cachify::views {
namespace {

constexpr Migration kMigrations[] = {
${entries}};

}  // namespace

std::span<const Migration> migrations() { return kMigrations; }

}  // namespace cachify::views
")
