namespace ServiceDeskBot.Core.Desk.Content;

/// <summary><c>workflows.yaml</c>; a desk without one fulfils every request by one team.</summary>
internal static class WorkflowsFile
{
    private const string Name = "workflows.yaml";

    public static IReadOnlyList<Workflow> Read(DeskDraft draft)
    {
        if (!File.Exists(draft.PathOf(Name)))
        {
            return [];
        }

        var workflows = new List<Workflow>();
        foreach (var (id, entry) in KeyedFile.Read(draft, Name, Known.Workflow, "workflow"))
        {
            var kind = entry.OneOf("kind", Workflow.Sequence, Workflow.Parallel, Workflow.Automatic, Workflow.StandardChange);
            workflows.Add(new Workflow(id, entry.Text("name"), kind, entry.Text("reason"), Steps(entry, kind)));
            entry.End();
        }

        return workflows;
    }

    private static List<WorkflowStep> Steps(Entry workflow, string kind)
    {
        var steps = new List<WorkflowStep>();
        foreach (var entry in workflow.Sections("steps", "step"))
        {
            var step = new WorkflowStep(entry.Text("id"), entry.Text("title"), entry.ReferenceOrNull("team", Known.Team), entry.TextOrNull("call"), entry.Flag("undo"));
            if (steps.Exists(other => other.Id == step.Id))
            {
                entry.Fault("id", $"the step '{step.Id}' is there twice", "each step once");
            }

            if (step.Team is null == step.Call is null)
            {
                entry.Fault("id", $"the step '{step.Id}' has {(step.Team is null ? "nobody to do it" : "a team and a call")}", "either team or call");
            }

            if (step.Undo && step.Call is null)
            {
                entry.Fault("undo", $"the step '{step.Id}' is done by people", "undo only where call is");
            }

            if (kind == Workflow.Automatic && step.Team is not null)
            {
                entry.Fault("team", $"the step '{step.Id}' of an automatic workflow waits for people", "call, or kind: sequence");
            }

            entry.End();
            steps.Add(step);
        }

        if (steps.Count == 0 && kind != Workflow.StandardChange)
        {
            workflow.Fault("steps", "a workflow has no steps", "at least one step");
        }

        return steps;
    }
}
