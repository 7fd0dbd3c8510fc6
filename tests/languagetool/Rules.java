import org.languagetool.JLanguageTool;
import org.languagetool.Languages;
import org.languagetool.Tag;
import org.languagetool.rules.Rule;
import org.languagetool.rules.TextLevelRule;

/**
 * Prints the rules of LanguageTool in each of some dialects: id, category, whether a rule runs only
 * where it is asked for, and whether it looks at more than one sentence at a time.
 */
public class Rules {
  public static void main(String[] dialects) {
    for (String dialect : dialects) {
      for (Rule rule : new JLanguageTool(Languages.getLanguageForShortCode(dialect)).getAllRules()) {
        boolean asked = rule.isDefaultOff() || rule.getCategory().isDefaultOff() || rule.hasTag(Tag.picky);
        boolean whole = rule instanceof TextLevelRule;
        System.out.println(rule.getId() + "\t" + rule.getCategory().getId() + "\t" + asked + "\t" + whole);
      }
    }
  }
}
