// Opens submissions as ODK Collect does before one edits them: form, submission, form, submission … → a JSON line each.

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.model.instance.TreeElement;
import org.javarosa.core.model.instance.TreeReference;
import org.javarosa.core.services.PropertyManager;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.parse.XFormParser;
import org.javarosa.xform.util.XFormAnswerDataSerializer;
import org.javarosa.xform.util.XFormUtils;

public class OpenSubmission {
    public static void main(String[] paths) throws Exception {
        PrintStream answers = new PrintStream(System.out, true, "UTF-8");
        System.setOut(new PrintStream(OutputStream.nullOutputStream())); // JavaRosa talks on standard output
        new XFormsModule().registerModule();
        for (int place = 0; place < paths.length; place += 2) {
            byte[] xform = Files.readAllBytes(Path.of(paths[place]));
            FormDef form = XFormUtils.getFormFromInputStream(new ByteArrayInputStream(xform));
            TreeElement saved = XFormParser.restoreDataModel(Files.readAllBytes(Path.of(paths[place + 1])), null).getRoot();
            TreeElement root = form.getInstance().getRoot().deepCopy(true);
            if (!saved.getName().equals(root.getName()) || saved.getMult() != 0) {
                throw new IllegalStateException("Saved form instance does not match template form definition");
            }
            root.populate(saved, form);
            form.getInstance().setRoot(root);
            form.initialize(false, new InstanceInitializationFactory());
            ObjectNode found = new ObjectMapper().createObjectNode();
            tell(form.getInstance().getRoot(), found);
            answers.println(found);
        }
    }

    private static void tell(TreeElement node, ObjectNode found) {
        if (node.getMult() == TreeReference.INDEX_TEMPLATE || !node.isRelevant()) {
            return;
        }
        if (node.getNumChildren() == 0 && node.getValue() != null) {
            Object text = new XFormAnswerDataSerializer().serializeAnswerData(node.getValue(), node.getDataType());
            found.put(path(node), String.valueOf(text));
        }
        for (int place = 0; place < node.getNumChildren(); place++) {
            tell(node.getChildAt(place), found);
        }
    }

    private static String path(TreeElement node) {
        TreeElement above = (TreeElement) node.getParent();
        String base = above == null || above.getName() == null ? "" : path(above);
        return base + "/" + node.getName() + (node.isRepeatable() ? "[" + (node.getMult() + 1) + "]" : "");
    }
}
