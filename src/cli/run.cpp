// The command line: subcommands, options, help in either language.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <ostream>

#include "cli/command.hpp"

namespace guiju::cli {
namespace {

// Help is in the asked language too, so the option is looked for before anything is parsed.
bool asks_for_english(const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--lang=en") return true;
    if (arguments[i] == "--lang" && i + 1 < arguments.size() && arguments[i + 1] == "en") return true;
  }
  return false;
}

struct Words {
  bool english;
  [[nodiscard]] std::string operator()(const char* zh, const char* en) const { return english ? en : zh; }
};

std::string check_day(const std::string& text, const Words& say) {
  return parse_iso_date(text) ? "" : say("日期须写成 2026-11-22 的形式:", "a date is written 2026-11-22: ") + text;
}

std::string check_jobs(const std::string& text, const Words& say) {
  const bool is_number = !text.empty() && text.size() <= 3 && text.find_first_not_of("0123456789") == text.npos;
  const int jobs = is_number ? std::stoi(text) : 0;
  return jobs >= 1 && jobs <= 256 ? "" : say("线程数须为 1 至 256,却是 ", "from 1 to 256 threads, not ") + text;
}

// The parser's own complaints are English, and name one thing each; the text around it is put into the reader's
// language.
struct Complaint {
  std::string_view before, after;  // around what is named
  const char *zh, *en;             // what is said before it
};
constexpr Complaint kComplaints[] = {
    {"A subcommand is required", "", "缺少 子命令", "missing: a command"},
    {"", " is required", "缺少 ", "missing: "},
    {"The following argument was not expected: ", "", "不认识的参数:", "not expected: "},
    {"The following arguments were not expected: ", "", "不认识的参数:", "not expected: "},
    {"", ": 1 required", "后面缺少内容:", "nothing stands after "},
    {"", " excludes --all", "不能与 --all 同时写:", "not beside --all: "},
    {"", ": At Most", "只能写一次:", "written more than once: "},
};

std::string complaint(std::string_view text, const Words& say) {
  for (const Complaint& known : kComplaints) {
    if (!text.starts_with(known.before)) continue;
    const std::string_view rest = text.substr(known.before.size());
    const std::size_t end = known.after.empty() ? rest.size() : rest.find(known.after);
    if (end != std::string_view::npos) return say(known.zh, known.en) + std::string(rest.substr(0, end));
  }
  return std::string(text);
}

class Arguments {
 public:
  Arguments(const Words& say, Command& command)
      : say_(say),
        command_(command),
        app_(say("规矩:把政策写成规则,逐件判定", "Guiju: rules for subsidies and standards"), "guiju") {
    label(app_);
    add_language(app_);
    app_.require_subcommand(1);
    app_.set_version_flag("--version", GUIJU_VERSION, say("显示版本", "show the version"));
    add_check();
    add_test();
    add_format();
    add_decide("decide", "PROGRAM", say("按项目的规则判定一件", "decide one case by a programme"), decide);
    add_decide("grade", "STANDARD", say("按标准给一件产品定级", "grade one product by a standard"), grade);
    add_batch();
    add_facts();
    add_verify();
    add_top_up();
    add_explain();
    add_measures();
    add_emit();
  }

  int run(std::vector<std::string> arguments) {
    if (const auto name = unknown_subcommand(arguments)) {
      command_.err << "guiju: " << say_("没有这个子命令:", "no such command: ") << *name << "\n"
                   << say_("用法见 guiju --help", "see guiju --help") << "\n";
      return kUsage;
    }
    std::reverse(arguments.begin(), arguments.end());  // as the parser wants them
    try {
      app_.parse(std::move(arguments));
    } catch (const CLI::Success& done) {  // help, version
      return app_.exit(done, command_.out, command_.err) == 0 ? kDone : kUsage;
    } catch (const CLI::ParseError& error) {
      command_.err << "guiju: " << complaint(error.what(), say_) << "\n"
                   << say_("用法见 guiju --help", "see guiju --help") << "\n";
      return kUsage;
    }
    return action_();
  }

 private:
  // The first word that is no option and no language.
  [[nodiscard]] std::optional<std::string> unknown_subcommand(const std::vector<std::string>& arguments) const {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      if (arguments[i] == "--lang") {
        ++i;
      } else if (!arguments[i].starts_with('-')) {
        const auto named = [&](const CLI::App* sub) { return sub->get_name() == arguments[i]; };
        return app_.get_subcommands(named).empty() ? std::optional(arguments[i]) : std::nullopt;
      }
    }
    return std::nullopt;
  }

  void label(CLI::App& app) const {
    app.option_defaults()->group(say_("选项", "Options"));
    app.set_help_flag("-h,--help", say_("显示这段说明", "show this help"));
    if (say_.english) return;
    auto formatter = std::make_shared<CLI::Formatter>();
    formatter->label("Usage", "用法");
    formatter->label("Options", "选项");
    formatter->label("OPTIONS", "选项");
    formatter->label("Positionals", "参数");
    formatter->label("SUBCOMMAND", "子命令");
    formatter->label("REQUIRED", "必填");
    formatter->label("Excludes", "不与此并用");
    formatter->label("Needs", "须与此并用");
    app.formatter(formatter);
  }

  CLI::App* add(const std::string& name, const std::string& description) {
    CLI::App* sub = app_.add_subcommand(name, description)->group(say_("子命令", "Commands"));
    label(*sub);
    add_language(*sub);
    return sub;
  }
  void add_language(CLI::App& app) {
    app.add_option("--lang", language_,
                   say_("消息与名称的语言:zh(默认)或 en", "language of messages and labels: zh (unless said) or en"))
        ->check(one_of_the_languages())
        ->type_name("");
  }
  [[nodiscard]] std::function<std::string(const std::string&)> one_of_the_languages() const {
    return [this](const std::string& text) {
      return text == "zh" || text == "en" ? std::string() : say_("可写 zh 或 en,却是 ", "zh or en, not ") + text;
    };
  }
  void add_json(CLI::App& sub) { sub.add_flag("--json", command_.json, say_("以 JSON 输出", "print JSON")); }
  void add_root(CLI::App& sub) {
    sub.add_option("--root", command_.root,
                   say_("规则的根文件夹,引用不得越出(默认:最近的名为 rules 的文件夹)",
                        "folder that no `use` may lead out of (unless said: the nearest one named rules)"))
        ->type_name("FOLDER");
  }
  void add_paths(CLI::App& sub) {
    sub.add_option("PATH", paths_, say_("规则文件或文件夹", "rule files or folders"))->required()->type_name("");
  }
  void add_rules(CLI::App& sub) {
    sub.add_option("--rules", paths_, say_("规则文件或文件夹", "rule files or folders"))->required()->type_name("PATH");
  }

  void add_days(CLI::App& sub) {
    sub.add_option("--as-at", as_at_,
                   say_("今天的日期:核对已过期、义务逾期、目标未达到都以此判断",
                        "the day of today, by which verification has run out, a duty is overdue, a target is missed"))
        ->check([this](const std::string& text) { return check_day(text, say_); })
        ->type_name("2026-11-22");
    sub.add_option("--known-on", known_on_,
                   say_("只按该日已发布的规则判定", "decide by the rules as they were known on that day"))
        ->check([this](const std::string& text) { return check_day(text, say_); })
        ->type_name("2026-11-22");
  }

  void add_check() {
    CLI::App* sub = add("check", say_("检查规则,一次列出所有错误", "check rules and report every mistake"));
    add_paths(*sub);
    add_json(*sub);
    add_root(*sub);
    sub->callback([this] { action_ = [this] { return check(command_, paths_); }; });
  }
  void add_test() {
    CLI::App* sub = add("test", say_("运行规则中的测试,列出不同之处", "run the tests in rules and show what differed"));
    add_paths(*sub);
    add_json(*sub);
    add_root(*sub);
    sub->callback([this] { action_ = [this] { return test(command_, paths_); }; });
  }
  void add_format() {
    CLI::App* sub = add("fmt", say_("按统一格式重写规则文件", "write rule files in their one layout"));
    sub->add_option("PATH", paths_, say_("规则文件或文件夹;- 为标准输入", "rule files or folders; - is standard input"))
        ->required()
        ->type_name("");
    sub->add_flag("--check", format_.check, say_("只列出会变动的文件", "only name the files that would change"));
    sub->add_option("--keywords", format_.keywords, say_("把关键词换成 en 或 zh", "turn the keywords into en or zh"))
        ->check(one_of_the_languages())
        ->type_name("");
    sub->callback([this] {
      action_ = [this] {
        format_.paths = paths_;
        return format(command_, format_);
      };
    });
  }
  void add_decide(const std::string& name, const std::string& positional, const std::string& description,
                  int (*action)(const Command&, const DecideOptions&)) {
    CLI::App* sub = add(name, description);
    CLI::Option* program = sub->add_option(positional, decide_.program, say_("名称", "its name"))->type_name("");
    if (action == decide) {
      CLI::Option* all = sub->add_flag(
          "--all", decide_.all,
          say_("判定全部项目,并给出可同时享受的最优组合", "decide every programme, and what may be granted together"));
      all->excludes(program);
    } else {
      program->required();
    }
    add_rules(*sub);
    sub->add_option("--facts", decide_.facts,
                    say_("事实文件(JSON);- 为标准输入", "facts file (JSON); - is standard input"))
        ->required()
        ->type_name("FILE");
    add_days(*sub);
    sub->add_option(
           "--receipt", decide_.receipt,
           say_("把结论连同事实写成凭证;- 为标准输出(不再显示结论)",
                "write the decision with its facts as a receipt; - is standard output, in place of the answer"))
        ->type_name("FILE");
    sub->add_option("--mask", decide_.masks,
                    say_("凭证中须隐去的文字,如 buyer.id", "texts that the receipt must not show, such as buyer.id"))
        ->delimiter(',')
        ->type_name("FACT,…");
    sub->add_flag("--trace", decide_.trace,
                  say_("列出判定的每一步:取值、表行、要求、分项、封顶与取整",
                       "show every step: values, table rows, requirements, parts, caps and roundings"));
    if (action == decide) {
      sub->add_flag("--remedies", decide_.remedies,
                    say_("不符合时,列出改动哪些可变的事实即可符合",
                         "where it is refused, show which changes of changeable facts would make it eligible"));
    }
    add_json(*sub);
    add_root(*sub);
    sub->callback([this, action] {
      action_ = [this, action] {
        decide_.rules = paths_;
        if (!as_at_.empty()) decide_.as_at = parse_iso_date(as_at_);
        if (!known_on_.empty()) decide_.known_on = parse_iso_date(known_on_);
        if (decide_.program.empty() && !decide_.all)
          return command_.usage_error("请写项目名称,或写 --all", "name a programme, or write --all");
        return action(command_, decide_);
      };
    });
  }
  void add_batch() {
    CLI::App* sub = add("batch", say_("逐件判定一个文件中的许多件", "decide the many cases of a file"));
    sub->add_option("PROGRAM", batch_.program, say_("项目的名称", "a programme"))->required()->type_name("");
    add_rules(*sub);
    sub->add_option("--facts", batch_.facts,
                    say_("事实文件:CSV 或每行一个 JSON 对象;- 为标准输入",
                         "facts file, CSV or one JSON object a line; - is standard input"))
        ->required()
        ->type_name("FILE");
    sub->add_option("--jobs", batch_.jobs,
                    say_("用几个线程(默认:全部处理器核)", "how many threads (unless said: one for each core)"))
        ->check([this](const std::string& text) { return check_jobs(text, say_); })
        ->type_name("N");
    sub->add_option("-o", batch_.output,
                    say_("答案写到哪个文件(.csv 或 .jsonl);默认为标准输出,格式与事实文件相同",
                         "the file of the answers (.csv or .jsonl); unless said, standard output, as the facts are"))
        ->type_name("FILE");
    add_days(*sub);
    add_root(*sub);
    sub->callback([this] {
      action_ = [this] {
        batch_.rules = paths_;
        if (!as_at_.empty()) batch_.as_at = parse_iso_date(as_at_);
        if (!known_on_.empty()) batch_.known_on = parse_iso_date(known_on_);
        return batch(command_, batch_);
      };
    });
  }
  void add_facts() {
    CLI::App* sub = add("facts", say_("打印一份待填写的事实文件", "print an empty facts file to fill in"));
    sub->add_option("PROGRAM", name_, say_("项目或标准的名称", "a programme or standard"))->required()->type_name("");
    add_rules(*sub);
    add_root(*sub);
    sub->callback([this] { action_ = [this] { return facts(command_, name_, paths_); }; });
  }
  void add_receipts(CLI::App& sub, std::vector<std::string>& receipts) {
    sub.add_option("RECEIPT", receipts,
                   say_("凭证文件(每行一份)或文件夹;- 为标准输入",
                        "receipt files, one receipt a line, or folders; - is standard input"))
        ->required()
        ->type_name("");
    add_rules(sub);
    add_json(sub);
    add_root(sub);
  }
  void add_verify() {
    CLI::App* sub = add("verify", say_("按规则重新判定凭证,逐项核对", "decide receipts again and compare them"));
    add_receipts(*sub, verify_.receipts);
    sub->callback([this] {
      action_ = [this] {
        verify_.rules = paths_;
        return verify(command_, verify_);
      };
    });
  }
  void add_top_up() {
    CLI::App* sub =
        add("topup", say_("列出后来的通知给往日的凭证补差多少", "list what a later notice adds to past receipts"));
    add_receipts(*sub, top_up_.receipts);
    sub->add_option("--known-on", known_on_,
                    say_("按该日已发布的规则重新判定", "decide again by the rules as they were known on that day"))
        ->check([this](const std::string& text) { return check_day(text, say_); })
        ->required()
        ->type_name("2026-11-22");
    sub->callback([this] {
      action_ = [this] {
        top_up_.rules = paths_;
        top_up_.known_on = parse_iso_date(known_on_).value_or(0);
        return top_up(command_, top_up_);
      };
    });
  }
  void add_explain() {
    CLI::App* sub = add("explain", say_("解释一个消息编号", "say what a message means"));
    sub->add_option("CODE", name_, say_("如 GJ1301", "such as GJ1301"))->required()->type_name("");
    sub->callback([this] { action_ = [this] { return explain_code(command_, name_); }; });
  }

  void add_measures() {
    CLI::App* sub = add("measures", say_("按规则的依据生成措施对照页", "write the page of measures and their rules"));
    sub->add_option("FOLDER", measures_.folder,
                    say_("规则文件夹,其中有 measures.csv", "folder of rules, with measures.csv in it"))
        ->required()
        ->type_name("");
    sub->add_option("--as-at", as_at_,
                    say_("哪一天施行中的数值;不写则沿用原页的日期",
                         "the day on which figures are in force; without it that of the page there"))
        ->check([this](const std::string& text) { return check_day(text, say_); })
        ->type_name("2026-11-22");
    sub->add_flag("--check", measures_.check,
                  say_("只检查是否已是最新,不写文件", "only say whether the page is current"));
    sub->callback([this] {
      action_ = [this] {
        measures_.as_at = parse_iso_date(as_at_);
        return measures(command_, measures_);
      };
    });
  }

  void add_emit() {
    CLI::App* emit =
        add("emit", say_("把项目写成其他语言的源代码", "write programmes as source code of another language"));
    emit->require_subcommand(1);
    CLI::App* c = emit->add_subcommand("c", say_("C99,不依赖任何库", "C99 without dependencies"))
                      ->group(say_("子命令", "Commands"));
    label(*c);
    add_language(*c);
    c->add_option("PROGRAM", emit_.programs, say_("项目的名称", "programmes"))->required()->type_name("");
    add_rules(*c);
    c->add_option("-o", emit_.folder, say_("写到哪个文件夹", "the folder that is written to"))
        ->required()
        ->type_name("FOLDER");
    add_root(*c);
    c->callback([this] {
      action_ = [this] {
        emit_.rules = paths_;
        return emit_c(command_, emit_);
      };
    });
  }

  const Words& say_;
  Command& command_;
  CLI::App app_;
  std::string language_ = "zh";
  std::vector<std::string> paths_;
  std::string name_, as_at_, known_on_;
  FormatOptions format_;
  MeasuresOptions measures_;
  DecideOptions decide_;
  BatchOptions batch_;
  VerifyOptions verify_;
  TopUpOptions top_up_;
  EmitOptions emit_;
  std::function<int()> action_;
};

}  // namespace

int run(std::vector<std::string> arguments, std::istream& in, std::ostream& out, std::ostream& err) {
  const Words say{asks_for_english(arguments)};
  Command command{out, err, in, say.english, false, {}};
  return Arguments(say, command).run(std::move(arguments));
}

}  // namespace guiju::cli
