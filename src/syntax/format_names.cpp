// Names that would become part of a phrase. `非 found` is a word and a name; in English `not found` is one keyword.
// Such a name gets back-quotes, in every language, so that turning a file over and back changes nothing.
#include "syntax/format_passes.hpp"
#include "syntax/lexer_keywords.hpp"

namespace guiju::syntax {
namespace {

class Apart {
 public:
  Apart(std::vector<Piece>& pieces, const Tree& tree) : pieces_(pieces), tree_(tree) {}

  void run() {
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (const std::size_t taken = pieces_in_phrase(i); taken > 1) quote_one(i, i + taken);
    }
  }

 private:
  const Token& token(std::size_t index) const { return token_of(pieces_[index], tree_); }

  bool is_name(std::size_t index) const {
    const Token& t = token(index);
    return t.kind == TokenKind::name && pieces_[index].keyword == Keyword::none && !t.quoted;
  }

  // What the lexer would see there in an English file; nothing for what is never part of a phrase.
  std::string_view english(std::size_t index) const {
    if (pieces_[index].keyword != Keyword::none) return info(pieces_[index].keyword).english;
    const bool after_dot = index > 0 && token(index - 1).sign == Sign::dot;
    if (!is_name(index) || token(index).colon_follows || after_dot) return {};
    return pieces_[index].text;
  }

  // How many pieces the longest phrase that begins with this one reaches into.
  std::size_t pieces_in_phrase(std::size_t index) const {
    const std::string_view own = english(index);
    if (own.empty()) return 1;
    for (const Phrase& phrase : phrases_of(own.substr(0, own.find(' ')))) {
      if (const std::size_t taken = pieces_matching(phrase, index); taken > 0) return taken;
    }
    return 1;
  }

  std::size_t pieces_matching(const Phrase& phrase, std::size_t index) const {
    std::size_t at = index;
    std::string_view rest = english(at);
    for (const std::string_view word : phrase.words) {
      if (rest.empty()) {
        if (++at >= pieces_.size() || !pieces_[at].gap.comments.empty()) return 0;
        rest = english(at);
      }
      const std::string_view next = rest.substr(0, rest.find(' '));
      if (next != word) return 0;
      rest.remove_prefix(std::min(next.size() + 1, rest.size()));
    }
    return at - index + 1;
  }

  void quote_one(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (!is_name(i)) continue;
      pieces_[i].text = "`" + pieces_[i].text + "`";
      return;
    }
  }

  std::vector<Piece>& pieces_;
  const Tree& tree_;
};

}  // namespace

void keep_names_apart(std::vector<Piece>& pieces, const Tree& tree) {
  Apart(pieces, tree).run();
}

}  // namespace guiju::syntax
