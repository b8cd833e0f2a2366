// One long-lived JVM that runs forms in JavaRosa: a JSON object per line in, one per line out (see __init__.py).

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.FormIndex;
import org.javarosa.core.model.QuestionDef;
import org.javarosa.core.model.SelectChoice;
import org.javarosa.core.model.condition.EvaluationContext;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.instance.FormInstance;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.model.instance.TreeElement;
import org.javarosa.core.model.instance.TreeReference;
import org.javarosa.core.reference.Reference;
import org.javarosa.core.reference.ReferenceFactory;
import org.javarosa.core.reference.ReferenceManager;
import org.javarosa.core.services.IPropertyManager;
import org.javarosa.core.services.PropertyManager;
import org.javarosa.core.services.properties.IPropertyRules;
import org.javarosa.form.api.FormEntryController;
import org.javarosa.form.api.FormEntryModel;
import org.javarosa.form.api.FormEntryPrompt;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.util.XFormAnswerDataParser;
import org.javarosa.xform.util.XFormAnswerDataSerializer;
import org.javarosa.xform.util.XFormUtils;
import org.javarosa.xpath.XPathNodeset;
import org.javarosa.xpath.XPathParseTool;
import org.javarosa.xpath.expr.XPathFuncExpr;

public class Driver {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static String folder = "";
    private FormDef form;
    private FormEntryModel model;
    private FormEntryController controller;

    public static void main(String[] arguments) throws Exception {
        PrintStream answers = new PrintStream(System.out, false, "UTF-8");
        System.setOut(new PrintStream(OutputStream.nullOutputStream())); // JavaRosa talks on standard output
        new XFormsModule().registerModule();
        PropertyManager.setPropertyManager(new NoProperties());
        ReferenceManager.instance().addReferenceFactory(new Files());
        Driver driver = new Driver();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            ObjectNode answer = JSON.createObjectNode();
            try {
                driver.obey(JSON.readTree(line), answer);
            } catch (Exception | StackOverflowError | AssertionError error) {
                answer.put("error", error.getClass().getSimpleName() + ": " + error.getMessage());
            }
            answers.println(JSON.writeValueAsString(answer));
            answers.flush();
        }
    }

    private void obey(JsonNode order, ObjectNode answer) throws Exception {
        switch (order.get("do").asText()) {
            case "load" -> {
                folder = order.path("folder").asText("");
                long[] took = load(order.get("xform").asText().getBytes(StandardCharsets.UTF_8));
                answer.put("parse_ns", took[0]).put("start_ns", took[1]);
            }
            case "answer" -> answer.put("ns", answer(order.get("ref").asText(), order.path("text").asText("")));
            case "add" -> form.createNewRepeat(row(order.get("ref").asText()));
            case "remove" -> form.deleteRepeat(row(order.get("ref").asText()));
            case "walk" -> walk();
            case "state" -> dump(form.getMainInstance().getRoot(), answer.putObject("fields"));
            case "choices" -> choices(order.get("ref").asText(), answer);
            case "evaluate" -> answer.put("value", evaluate(order.get("text").asText(), order.path("ref").asText("")));
            case "time" -> time(order, answer);
            default -> throw new IllegalArgumentException(order.get("do").asText());
        }
    }

    /** Nanoseconds of parsing and of the first computation. */
    private long[] load(byte[] xform) throws Exception {
        long start = System.nanoTime();
        form = XFormUtils.getFormFromInputStream(new ByteArrayInputStream(xform));
        long parsed = System.nanoTime();
        form.initialize(true, new InstanceInitializationFactory());
        model = new FormEntryModel(form);
        controller = new FormEntryController(model);
        return new long[] {parsed - start, System.nanoTime() - parsed};
    }

    /** One answer with all that follows from it, constraint included: nanoseconds. */
    private long answer(String path, String text) {
        TreeReference ref = reference(path);
        TreeElement node = form.getMainInstance().resolveReference(ref);
        if (node == null) {
            throw new IllegalArgumentException("no field " + path);
        }
        QuestionDef question = FormDef.findQuestionByRef(ref, form);
        long start = System.nanoTime();
        IAnswerData data = text.isEmpty() ? null : XFormAnswerDataParser.getAnswerData(text, node.getDataType(), question);
        form.evaluateConstraint(ref, data);
        form.setValue(data, ref, node, true);
        return System.nanoTime() - start;
    }

    /** Through the form from its beginning, as a user leafs: this is when JavaRosa makes the rows of a counted repeat. */
    private void walk() {
        controller.jumpToIndex(FormIndex.createBeginningOfFormIndex());
        while (controller.stepToNextEvent() != FormEntryController.EVENT_END_OF_FORM) {
            if (model.getEvent() == FormEntryController.EVENT_QUESTION) {
                FormEntryPrompt prompt = model.getQuestionPrompt();
                if (prompt.getQuestion().getDynamicChoices() != null) {
                    prompt.getSelectChoices(); // this is when it drops what is no longer on offer
                }
            }
        }
    }

    private FormIndex row(String path) {
        FormIndex found = index(reference(path));
        if (found == null) {
            throw new IllegalArgumentException("no row " + path);
        }
        return found;
    }

    private FormIndex index(TreeReference ref) {
        FormIndex at = model.incrementIndex(FormIndex.createBeginningOfFormIndex());
        while (!at.isEndOfFormIndex()) {
            if (ref.equals(at.getReference())) {
                return at;
            }
            at = model.incrementIndex(at);
        }
        return null;
    }

    /** `/data/row[2]/name` → a reference in which every step has its place (from 0). */
    private static TreeReference reference(String path) {
        TreeReference ref = TreeReference.rootRef();
        for (String part : path.substring(1).split("/")) {
            int bracket = part.indexOf('[');
            String name = bracket < 0 ? part : part.substring(0, bracket);
            int place = bracket < 0 ? 1 : Integer.parseInt(part.substring(bracket + 1, part.length() - 1));
            ref.add(name, place - 1);
        }
        return ref;
    }

    private void dump(TreeElement node, ObjectNode fields) {
        if (node.getMult() == TreeReference.INDEX_TEMPLATE) {
            return;
        }
        TreeReference ref = node.getRef();
        ObjectNode state = fields.putObject(path(node));
        state.put("relevant", node.isRelevant());
        state.put("required", node.isRequired());
        state.put("readonly", !node.isEnabled());
        if (node.getNumChildren() == 0) {
            IAnswerData value = node.getValue();
            state.put("value", text(value, node.getDataType()));
            state.put("holds", value == null || form.evaluateConstraint(ref, value));
        }
        for (int place = 0; place < node.getNumChildren(); place++) {
            dump(node.getChildAt(place), fields);
        }
    }

    private static String path(TreeElement node) {
        TreeElement above = (TreeElement) node.getParent();
        String base = above == null || above.getName() == null ? "" : path(above);
        return base + "/" + node.getName() + (node.isRepeatable() ? "[" + (node.getMult() + 1) + "]" : "");
    }

    private static String text(IAnswerData value, int type) {
        return value == null ? "" : String.valueOf(new XFormAnswerDataSerializer().serializeAnswerData(value, type));
    }

    private void choices(String path, ObjectNode answer) {
        FormEntryPrompt prompt = model.getQuestionPrompt(row(path));
        long start = System.nanoTime();
        List<SelectChoice> offered = prompt.getSelectChoices();
        answer.put("ns", System.nanoTime() - start);
        ArrayNode values = answer.putArray("values");
        offered.stream().limit(1_000).forEach(choice -> values.add(choice.getValue()));
        answer.put("count", offered.size());
    }

    private String evaluate(String text, String path) throws Exception {
        FormInstance instance = form.getMainInstance();
        EvaluationContext context = form.getEvaluationContext();
        if (!path.isEmpty()) {
            context = new EvaluationContext(context, reference(path));
        }
        Object value = XPathParseTool.parseXPath(text).eval(instance, context);
        return XPathFuncExpr.toString(value instanceof XPathNodeset ? ((XPathNodeset) value).unpack() : value);
    }

    /** `rounds` times: load afresh and give every answer; nanoseconds per load and per answer of every round. */
    private void time(JsonNode order, ObjectNode answer) throws Exception {
        byte[] xform = order.get("xform").asText().getBytes(StandardCharsets.UTF_8);
        folder = order.path("folder").asText("");
        ArrayNode loads = answer.putArray("load_ns");
        ArrayNode rounds = answer.putArray("answer_ns");
        for (int round = 0; round < order.get("rounds").asInt(); round++) {
            long[] took = load(xform);
            loads.add(took[0] + took[1]);
            for (JsonNode row : order.path("rows")) {
                form.createNewRepeat(row(row.asText()));
            }
            ArrayNode each = rounds.addArray();
            for (JsonNode pair : order.path("answers")) {
                each.add(answer(pair.get(0).asText(), pair.get(1).asText()));
            }
        }
    }

    /** Who uses the device and which it is: nothing is known of either. */
    private static final class NoProperties implements IPropertyManager {
        public List<String> getProperty(String name) {
            return List.of();
        }

        public void setProperty(String name, String value) {}

        public void setProperty(String name, List<String> values) {}

        public String getSingularProperty(String name) {
            return "";
        }

        public void addRules(IPropertyRules rules) {}

        public List<IPropertyRules> getRules() {
            return List.of();
        }
    }

    /** `jr://file/x.xml`, `jr://file-csv/x.csv`: the file of that name in the folder that came with the form. */
    private static final class Files implements ReferenceFactory {
        public boolean derives(String uri) {
            return uri.startsWith("jr://");
        }

        public Reference derive(String uri) {
            return new Attached(uri);
        }

        public Reference derive(String uri, String context) {
            return derive(uri);
        }
    }

    private static final class Attached implements Reference {
        private final String uri;

        Attached(String uri) {
            this.uri = uri;
        }

        public boolean doesBinaryExist() {
            return new java.io.File(getLocalURI()).isFile();
        }

        public InputStream getStream() throws java.io.IOException {
            return new FileInputStream(getLocalURI());
        }

        public String getURI() {
            return uri;
        }

        public String getLocalURI() {
            return folder + java.io.File.separator + uri.substring(uri.lastIndexOf('/') + 1);
        }

        public boolean isReadOnly() {
            return true;
        }

        public OutputStream getOutputStream() {
            throw new UnsupportedOperationException("read-only");
        }

        public void remove() {
            throw new UnsupportedOperationException("read-only");
        }

        public Reference[] probeAlternativeReferences() {
            return new Reference[0];
        }
    }
}
