import java.awt.Color;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Graph;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.Interval;
import org.gephi.graph.api.Node;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.EdgeMergeStrategy;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.openide.util.Lookup;

/** What Gephi holds once it has opened a graph file, as JSON: {@code java ReadWithGephi.java FILE}. */
public class ReadWithGephi {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] arguments) throws Exception {
        ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
        projects.newProject();
        ImportController imports = Lookup.getDefault().lookup(ImportController.class);
        Container container = imports.importFile(new File(arguments[0]));
        container.getLoader().setAutoScale(false); // else it draws places and sizes to its own scale
        container.getLoader().setEdgesMergeStrategy(EdgeMergeStrategy.NO_MERGE); // else twins are one link
        List<String> issues = new ArrayList<>();
        container.getReport().getIssues(1000).forEachRemaining(
            issue -> issues.add(text(issue.getLevel() + ": " + issue.getMessage())));
        imports.process(container, new DefaultProcessor(), projects.getCurrentWorkspace());
        Graph graph = Lookup.getDefault().lookup(GraphController.class).getGraphModel().getGraph();
        List<String> nodes = new ArrayList<>();
        for (Node node : graph.getNodes().toArray()) {
            nodes.add(node(node));
        }
        List<String> edges = new ArrayList<>();
        for (Edge edge : graph.getEdges().toArray()) {
            edges.add(edge(edge));
        }
        OUT.printf("{\"issues\": %s, \"nodes\": %s, \"edges\": %s}%n", issues, nodes, edges);
        System.exit(0); // its threads would wait
    }

    private static String node(Node node) {
        Color colour = node.getColor();
        return String.format(Locale.ROOT,
            "{\"id\": %s, \"label\": %s, \"x\": %.2f, \"y\": %.2f, \"size\": %.2f, \"colour\": \"#%02x%02x%02x\", "
                + "\"type\": %s, \"degree\": %s}",
            text(node.getId()), text(node.getLabel()), node.x(), node.y(), node.size(),
            colour.getRed(), colour.getGreen(), colour.getBlue(),
            text(node.getAttribute("type")), node.getAttribute("degree"));
    }

    private static String edge(Edge edge) {
        List<String> spells = new ArrayList<>();
        for (Interval spell : edge.getIntervals()) {
            spells.add("[" + instant(spell.getLow()) + ", " + instant(spell.getHigh()) + "]");
        }
        return String.format("{\"id\": %s, \"source\": %s, \"target\": %s, \"label\": %s, \"kind\": %s, \"spells\": %s}",
            text(edge.getId()), text(edge.getSource().getId()), text(edge.getTarget().getId()), text(edge.getLabel()),
            text(edge.getTypeLabel()), spells);
    }

    /** Milliseconds since 1970, null where it is open. */
    private static String instant(double instant) {
        return Double.isInfinite(instant) ? "null" : String.valueOf((long) instant);
    }

    private static String text(Object value) {
        if (value == null) {
            return "null";
        }
        StringBuilder written = new StringBuilder("\"");
        value.toString().chars().forEach(each -> written.append(
            each < ' ' || each == '"' || each == '\\' ? String.format("\\u%04x", each) : String.valueOf((char) each)));
        return written.append('"').toString();
    }
}
