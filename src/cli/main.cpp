// The entry of the command `guiju`.
#include <exception>
#include <iostream>

#include "cli/command.hpp"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  try {
    const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
    const int status = guiju::cli::run(arguments, std::cin, std::cout, std::cerr);
    std::cout.flush();
    if (std::cout) return status;
    std::cerr << "guiju: 无法写出结果 / the output could not be written\n";
    return guiju::cli::kUsage;
  } catch (const std::exception& fault) {
    std::cerr << "guiju: " << fault.what() << "\n";
    return guiju::cli::kUsage;
  }
}
