using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Core.Desk.Content;

/// <summary><c>scripts.yaml</c>; a desk without one asks nothing.</summary>
internal static class ScriptsFile
{
    private const string Name = "scripts.yaml";
    private const int MostOptions = 5;

    public static IReadOnlyList<CategoryScript> Read(DeskDraft draft)
    {
        if (!File.Exists(draft.PathOf(Name)))
        {
            return [];
        }

        var scripts = new List<CategoryScript>();
        foreach (var (id, entry) in KeyedFile.Read(draft, Name, Known.Script, "script"))
        {
            var script = new CategoryScript(id, entry.References("categories", Known.Category, required: false), entry.References("services", Known.Service, required: false), Steps(entry));
            if (script.Categories.Count + script.Services.Count == 0)
            {
                entry.Fault("categories", $"nothing leads to the script '{id}'", "categories or services: a list such as [printing]");
            }

            foreach (var label in script.Categories.Concat(script.Services))
            {
                if (scripts.Find(other => other.Categories.Concat(other.Services).Contains(label)) is { } other)
                {
                    entry.Fault("categories", $"'{label}' has the script '{other.Id}' already", "one script for each category and service");
                }
            }

            entry.End();
            scripts.Add(script);
        }

        return scripts;
    }

    /// <summary>An article that people may not see cannot be tried by them.</summary>
    public static void Check(DeskDraft draft, IReadOnlyList<CategoryScript> scripts, IReadOnlyList<Article> articles)
    {
        foreach (var script in scripts)
        {
            foreach (var article in script.Steps.Select(step => articles.FirstOrDefault(article => article.Id == step.Article)).OfType<Article>().Where(article => article.Audience != "user"))
            {
                draft.Fault(draft.PlaceOf(Known.Script, script.Id), $"the article '{article.Id}' of script '{script.Id}' is for agents", "an article with audience: user");
            }
        }
    }

    private static List<ScriptStep> Steps(Entry script)
    {
        var steps = new List<(ScriptStep Step, Entry Entry)>();
        foreach (var entry in script.Sections("steps", "step"))
        {
            var step = Step(entry);
            if (step.Id == CategoryScript.End || steps.Exists(other => other.Step.Id == step.Id))
            {
                entry.Fault("id", $"the step '{step.Id}' is {(step.Id == CategoryScript.End ? "what ends a script" : "there twice")}", "a name of its own for each step");
            }

            entry.End();
            steps.Add((step, entry));
        }

        if (steps.Count == 0)
        {
            script.Fault("steps", "a script has no steps", "at least one step with ask or try");
        }

        foreach (var ((step, entry), i) in steps.Select((pair, i) => (pair, i)))
        {
            var later = steps.Skip(i + 1).Select(pair => pair.Step.Id).Append(CategoryScript.End).ToList();
            foreach (var then in step.Options.Select(option => option.Then).Append(step.Then).OfType<string>().Where(then => !later.Contains(then, StringComparer.Ordinal)))
            {
                entry.Fault("then", $"'{then}' does not come after the step '{step.Id}'", string.Join(", ", later));
            }
        }

        return [.. steps.Select(pair => pair.Step)];
    }

    private static ScriptStep Step(Entry entry)
    {
        var step = new ScriptStep(entry.Text("id"))
        {
            Question = entry.SectionOrNull("ask") is { } question ? WordingOf(question) : null,
            Fact = entry.SectionOrNull("fact") is { } fact ? WordingOf(fact) : null,
            From = entry.TextOrNull("from") is null ? null : entry.OneOf("from", "devices", "site"),
            Article = entry.ReferenceOrNull("try", Known.Article),
            File = entry.Flag("file"),
            Then = entry.TextOrNull("then"),
            Options = Options(entry),
        };
        if (step.Question is null == step.Article is null)
        {
            entry.Fault("id", $"the step '{step.Id}' {(step.Article is null ? "neither asks nor tries anything" : "asks and tries")}", "either ask or try");
        }

        if (step.Question is not null && step.Fact is null && !step.File)
        {
            entry.Fault("ask", $"the answer to '{step.Id}' has no name for the team", "fact: { en: …, de: … }");
        }

        if ((step.Article is not null || step.File) && (step.Options.Count > 0 || step.From is not null))
        {
            entry.Fault(step.File ? "file" : "try", $"the step '{step.Id}' {(step.File ? "wants a file" : "tries something")} and has answers to choose from", "options and from only where ask is, without file");
        }

        if (step.Options.Count is 1 or > MostOptions || (step.From is not null && step.Options.Count > 0))
        {
            entry.Fault("options", $"the step '{step.Id}' has {(step.From is null ? $"{step.Options.Count} options" : "options and 'from'")}", $"2 to {MostOptions} options, or none; none where from is");
        }

        return step;
    }

    private static List<ScriptOption> Options(Entry step)
    {
        var options = new List<ScriptOption>();
        foreach (var entry in step.Sections("options", "option"))
        {
            var option = new ScriptOption(entry.Text("id"), new Wording(entry.Text("en"), entry.TextOrNull("de")), entry.Texts("words"), entry.TextOrNull("then"));
            if (options.Exists(other => other.Id == option.Id))
            {
                entry.Fault("id", $"the option '{option.Id}' is there twice", "each option once");
            }

            entry.End();
            options.Add(option);
        }

        return options;
    }

    private static Wording WordingOf(Entry entry)
    {
        var wording = new Wording(entry.Text("en"), entry.TextOrNull("de"));
        entry.End();
        return wording;
    }
}
