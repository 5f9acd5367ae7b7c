#include "cli/completion.hpp"

#include <fmt/format.h>

#include <iostream>
#include <string_view>

#include "cli/usage.hpp"

namespace sca::cli {
namespace {

struct Option {
  std::string_view name;
  std::string_view takes;  // "" nothing; "file"; "value" (nothing to offer); "claim"; "kernel"; "timed";
                           // "rule"; else the choices themselves
};

struct Verb {
  std::string_view name;
  std::string_view positional;  // as Option::takes
  std::vector<Option> options;
};

/// A test holds this table to what `sca VERB --help` says.
const std::vector<Verb>& verbs() {
  static const std::vector<Verb> all{
      {"prove",
       "claim",
       {{"--tokens", "file"},
        {"--rows", "value"},
        {"--duplicates", "merge keep"},
        {"--weights", "file"},
        {"--digits", "value"},
        {"--epsilon", "value"},
        {"--explain", "claim"},
        {"--jobs", "value"},
        {"--json", ""},
        {"--list", ""},
        {"--false-variants", ""}}},
      {"eval", "file", {{"--digits", "value"}, {"--compare", ""}, {"--json", ""}, {"--budget", "value"}}},
      {"quadrature",
       "rule",
       {{"--targets", "token attention-oracle attention-token"},
        {"--dims", "value"},
        {"--nodes", "value"},
        {"--tokens", "file"},
        {"--phase", "value"},
        {"--instances", "value"},
        {"--seed", "value"},
        {"--jobs", "value"},
        {"--save", "file"},
        {"--from", "file"},
        {"--plot", "file"},
        {"--json", ""},
        {"--list", ""}}},
      {"capacity",
       "study",
       {{"--instances", "value"},
        {"--seed", "value"},
        {"--jobs", "value"},
        {"--save", "file"},
        {"--from", "file"},
        {"--plot", "file"},
        {"--json", ""},
        {"--list", ""}}},
      {"ablate",
       "plan run status probe report",
       {{"--profile", "tiny smoke wide full"},
        {"--jobs", "value"},
        {"--shard", "value"},
        {"--into", "file"},
        {"--from", "file"},
        {"--show", "value"},
        {"--json", ""}}},
      {"check",
       "kernel",
       {{"--plugin", "file"},
        {"--runner", "fiber ptx device"},
        {"--jobs", "value"},
        {"--json", ""},
        {"--corpus", "file"},
        {"--list", ""},
        {"--elementary", ""},
        {"--every", "value"}}},
      {"fuzz",
       "kernel",
       {{"--plugin", "file"},
        {"--runner", "fiber ptx device"},
        {"--jobs", "value"},
        {"--json", ""},
        {"--for", "value"},
        {"--seed", "value"},
        {"--save", "file"}}},
      {"replay", "file", {{"--json", ""}}},
      {"judge",
       "file",
       {{"--dialect", "released paper"},
        {"--against", "mp f64"},
        {"--arithmetic", "f64 f32 bf16 f16"},
        {"--digits", "value"},
        {"--parameters", "file"},
        {"--prefix", "value"},
        {"--budget", "value"},
        {"--json", ""}}},
      {"model",
       "value",
       {{"--preset", "nautile-370m"}, {"--context", "value"}, {"--json", ""}, {"--list", ""}}},
      {"cuda-report", "value", {{"--logs", "file"}, {"--from", "file"}, {"--plot", "file"}, {"--json", ""}}},
      {"bench",
       "timed",
       {{"--lengths", "value"},
        {"--batches", "value"},
        {"--heads", "value"},
        {"--query-heads", "value"},
        {"--channels", "value"},
        {"--nodes", "value"},
        {"--contexts", "value"},
        {"--threads", "value"},
        {"--for", "value"},
        {"--repetitions", "value"},
        {"--compare", "file"},
        {"--from", "file"},
        {"--plot", "file"},
        {"--json", ""},
        {"--list", ""}}},
      {"report", "file", {{"--output", "file"}, {"--tables", "file"}, {"--check", ""}}},
      {"doctor", "", {{"--json", ""}}},
      {"completion", "bash zsh fish", {}},
  };
  return all;
}

/// Claims and kernels are asked of the program, so that they cannot drift: they are the words with a slash.
std::string listing(std::string_view verb) {
  return fmt::format(
      R"({} --list 2>/dev/null | awk '!/^#/ {{ for (i = 1; i <= NF; ++i) if ($i ~ /^[a-z0-9._]+\//) {{ print $i; next }} }}')",
      verb);
}

std::string option_names(const Verb& verb) {
  std::string names;
  for (const Option& option : verb.options) names += std::string(option.name) + " ";
  return names + "--help";
}

std::string verb_names(std::string_view separator) {
  std::string names;
  for (const Verb& verb : verbs()) names.append(names.empty() ? "" : separator).append(verb.name);
  return names;
}

/// Shell code that sets `words`; an empty `words` leaves the shell's own file completion in place.
std::string bash_words(std::string_view takes) {
  if (takes == "claim") return fmt::format("words=$(\"${{COMP_WORDS[0]}}\" {})", listing("prove"));
  if (takes == "kernel") return fmt::format("words=$(\"${{COMP_WORDS[0]}}\" {})", listing("check"));
  if (takes == "timed") return fmt::format("words=$(\"${{COMP_WORDS[0]}}\" {})", listing("bench"));
  if (takes == "rule") return fmt::format("words=$(\"${{COMP_WORDS[0]}}\" {})", listing("quadrature"));
  if (takes == "study") return fmt::format("words=$(\"${{COMP_WORDS[0]}}\" {})", listing("capacity"));
  if (takes == "value") return "return";
  return fmt::format("words='{}'", takes == "file" ? "" : takes);
}

std::string bash_script() {
  std::string cases;
  for (const Verb& verb : verbs()) {
    for (const Option& option : verb.options) {
      if (option.takes.empty()) continue;
      cases += fmt::format("    '{} {}') {} ;;\n", verb.name, option.name, bash_words(option.takes));
    }
    cases += fmt::format(
        "    '{} '*)\n      case $current in\n        -*) words='{}' ;;\n        *) {} ;;\n      esac ;;\n",
        verb.name, option_names(verb), bash_words(verb.positional));
  }
  return fmt::format(R"(_sca() {{
  COMPREPLY=()
  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} words=
  if ((COMP_CWORD == 1)); then
    words='{} --help --version'
    case ${{COMP_WORDS[0]}} in */*) words+=' test setup' ;; esac
  else
    case "${{COMP_WORDS[1]}} $previous" in
{}    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o default -F _sca sca ./sca
)",
                     verb_names(" "), cases);
}

std::string fish_script() {
  std::string script = fmt::format(
      "function __sca_claims\n  sca {}\nend\nfunction __sca_kernels\n  sca {}\nend\n"
      "function __sca_timed\n  sca {}\nend\n"
      "function __sca_rules\n  sca {}\nend\nfunction __sca_studies\n  sca {}\nend\n"
      "complete -c sca -n __fish_use_subcommand -f -a '{}'\n",
      listing("prove"), listing("check"), listing("bench"), listing("quadrature"), listing("capacity"),
      verb_names(" "));
  const auto arguments = [](std::string_view takes) -> std::string {
    if (takes == "claim") return " -f -a '(__sca_claims)'";
    if (takes == "kernel") return " -f -a '(__sca_kernels)'";
    if (takes == "timed") return " -f -a '(__sca_timed)'";
    if (takes == "rule") return " -f -a '(__sca_rules)'";
    if (takes == "study") return " -f -a '(__sca_studies)'";
    if (takes.empty() || takes == "value") return " -f";
    return takes == "file" ? std::string() : fmt::format(" -f -a '{}'", takes);
  };
  for (const Verb& verb : verbs()) {
    const std::string when = fmt::format("complete -c sca -n '__fish_seen_subcommand_from {}'", verb.name);
    script += when + arguments(verb.positional) + "\n";
    for (const Option& option : verb.options) {
      script += fmt::format("{} -l {}{}{}\n", when, option.name.substr(2), option.takes.empty() ? "" : " -r",
                            arguments(option.takes));
    }
  }
  return script;
}

}  // namespace

int completion(const std::vector<std::string>& arguments) {
  CLI::App app{"A completion script for a shell, for instance: source <(sca completion bash)",
               "sca completion"};
  std::string shell;
  app.add_option("SHELL", shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  if (const std::optional<int> code = parse(app, arguments)) return *code;

  if (shell == "zsh") std::cout << "autoload -U +X bashcompinit && bashcompinit\n";
  std::cout << (shell == "fish" ? fish_script() : bash_script());
  return good;
}

}  // namespace sca::cli
