import org.languagetool.JLanguageTool;
import org.languagetool.Languages;
import org.languagetool.Tag;
import org.languagetool.rules.Rule;

/** Prints id and category of the rules that LanguageTool runs unasked in each of some dialects. */
public class Rules {
  public static void main(String[] dialects) {
    for (String dialect : dialects) {
      for (Rule rule : new JLanguageTool(Languages.getLanguageForShortCode(dialect)).getAllRules()) {
        boolean asked = rule.isDefaultOff() || rule.getCategory().isDefaultOff() || rule.hasTag(Tag.picky);
        System.out.println(rule.getId() + "\t" + rule.getCategory().getId() + "\t" + asked);
      }
    }
  }
}
