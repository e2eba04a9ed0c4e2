#include "application.hpp"

int main(int argc, char** argv) {
  return cachify::cli::runApplication(argc, argv);
}
