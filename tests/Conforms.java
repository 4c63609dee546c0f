import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Holds PDF files to veraPDF's profile of PDF/UA-1. Prints a line for each file: its name, how many rules
 * there are, how many checks were made, and the rules that it breaks ("-" for none).
 *
 * The profile is read with the parser of the JDK: what reads it in veraPDF wants JAXB, which Java has left.
 */
public class Conforms {
    private static final String PROFILE = "/org/verapdf/pdfa/validation/PDFUA-1.xml";

    public static void main(String[] names) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        ValidationProfile profile = profile();
        for (String name : names) {
            try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(name), PDFAFlavour.PDFUA_1);
                    PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
                ValidationResult found = validator.validate(parser);
                System.out.println(String.join("\t", name, String.valueOf(profile.getRules().size()),
                        String.valueOf(found.getTotalAssertions()), broken(found)));
            }
        }
    }

    private static String broken(ValidationResult found) {
        Set<String> rules = new HashSet<>();
        for (TestAssertion each : found.getTestAssertions()) {
            if (each.getStatus() == TestAssertion.Status.FAILED) {
                rules.add(each.getRuleId().getClause() + "-" + each.getRuleId().getTestNumber() + " " + each.getMessage());
            }
        }
        if (!found.isCompliant() && rules.isEmpty()) {
            return "no reason given";
        }
        return rules.isEmpty() ? "-" : String.join("; ", rules);
    }

    private static ValidationProfile profile() throws Exception {
        try (InputStream in = Conforms.class.getResourceAsStream(PROFILE)) {
            Document read = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
            Set<Rule> rules = new HashSet<>();
            for (Element each : all(read, "rule")) {
                Element id = (Element) each.getElementsByTagName("id").item(0);
                int number = Integer.parseInt(id.getAttribute("testNumber"));
                Boolean deferred = each.hasAttribute("deferred") ? Boolean.valueOf(each.getAttribute("deferred")) : null;
                rules.add(Profiles.ruleFromValues(
                        Profiles.ruleIdFromValues(PDFAFlavour.Specification.ISO_14289_1, id.getAttribute("clause"), number),
                        each.getAttribute("object"), deferred, each.getAttribute("tags"), text(each, "description"),
                        text(each, "test"), Profiles.errorFromValues(text(each, "message"), new ArrayList<>()),
                        new ArrayList<>()));
            }
            Set<Variable> variables = new HashSet<>();
            for (Element each : all(read, "variable")) {
                variables.add(Profiles.variableFromValues(each.getAttribute("name"), each.getAttribute("object"),
                        text(each, "defaultValue"), text(each, "value")));
            }
            return Profiles.profileFromValues(PDFAFlavour.PDFUA_1,
                    Profiles.profileDetailsFromValues("PDF/UA-1", "", "", new Date()), "", rules, variables);
        }
    }

    private static List<Element> all(Document read, String tag) {
        NodeList found = read.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static String text(Element of, String tag) {
        NodeList found = of.getElementsByTagName(tag);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }
}
