using ServiceDeskBot.Core.Desk.Content;
using Xunit;

namespace ServiceDeskBot.Tests.Desk.Content;

/// <summary>Each test spoils a copy of the bundled desk and reads what the loader says about it.</summary>
public sealed class DeskFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("desk-").FullName;

    public DeskFolderTests()
    {
        var bundled = Path.Combine(AppContext.BaseDirectory, "desk");
        foreach (var file in Directory.EnumerateFiles(bundled, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder, Path.GetRelativePath(bundled, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_NoSuchFolder_SaysWhatBelongsThere() =>
        Assert.Contains("there is no such folder", Assert.Single(FaultsIn(Path.Combine(_folder, "elsewhere"))).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Read_UnknownKey_NamesFileLineAndKnownKeys()
    {
        Change("teams.yaml", "  name: Network", "  name: Network\n  colour: blue");

        Assert.Equal($"teams.yaml, line {LineOf("teams.yaml", "colour")}: 'colour' is not known in team 'network'. Allowed: name, lead, members, categories, calendar, closed, channels, on-call.", Fault());
    }

    [Fact]
    public void Read_SameIdTwice_NamesTheFirst()
    {
        Append("services.yaml", "vpn:\n  name: Another\n  owner: mara\n  team: network\n  category: remote-access\n  outcome: More.\n  phase: operate\n");

        Assert.Contains($"service 'vpn' is already there (services.yaml, line {LineOf("services.yaml", "vpn:")})", Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SameArticleIdTwice_NamesTheOtherFile()
    {
        File.Copy(Path.Combine(_folder, "knowledge", "disk-full.md"), Path.Combine(_folder, "knowledge", "zz-disk.md"));

        Assert.Contains("article 'disk-full' is already there (knowledge/disk-full.md", Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_KeyTwice_IsAFaultAtTheSecond()
    {
        Change("people.yaml", "  name: Omar", "  name: Omar\n  name: Oscar");

        Assert.StartsWith($"people.yaml, line {LineOf("people.yaml", "Oscar")}: person 'omar' has 'name' twice.", Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ServiceWithoutOwner_SaysSo()
    {
        Change("services.yaml", "  name: CRM\n  owner: mara", "  name: CRM");

        Assert.Equal($"services.yaml, line {LineOf("services.yaml", "crm:")}: service 'crm' has no 'owner'. Allowed: the id of a person.", Fault());
    }

    [Fact]
    public void Read_ArticleWithoutOwner_SaysSo()
    {
        Change("knowledge/disk-full.md", "owner: linus\n", "");

        Assert.Equal("knowledge/disk-full.md, line 2: the article has no 'owner'. Allowed: the id of a person.", Fault());
    }

    [Fact]
    public void Read_BundledCategoryWithoutTeam_NamesIt()
    {
        Change("teams.yaml", "[hr, other]", "[hr]");

        Assert.Equal("teams.yaml: no team has the categories other. Allowed: each category in exactly one team.", Fault());
    }

    [Fact]
    public void Read_CategoryWithTwoTeams_NamesTheFirst()
    {
        Change("teams.yaml", "[access]", "[access, hr]");

        Assert.Contains("category 'hr' is already there (teams.yaml", Fault(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("services.yaml", "  team: identity", "  team: idendity", "there is no team 'idendity'. Allowed: applications, identity, network, security, service-desk, workplace.")]
    [InlineData("people.yaml", "  site: London", "  site: London\n  roles: [boss]", "'boss' in 'roles' of person 'tom' is not known. Allowed: agent, lead, manager, owner, operator.")]
    [InlineData("people.yaml", "Europe/London", "Europe/Londres", "'Europe/Londres' cannot be 'zone' of person 'tom'. Allowed: an IANA time zone such as Europe/Berlin.")]
    [InlineData("people.yaml", "tom@example.com", "Wanda@Example.com", "e-mail address 'wanda@example.com' is already there")]
    [InlineData("people.yaml", "tom@example.com", "tom", "'tom' is not an e-mail address. Allowed: name@example.com.")]
    [InlineData("people.yaml", "accounts: { local: tom }", "accounts: { local: ada }", "account 'local ada' is already there")]
    [InlineData("people.yaml", "roles: [agent, lead]", "roles: [lead]", "ada is a member of service-desk, network, applications, workplace, identity, security without the role agent. Allowed: roles: [agent].")]
    [InlineData("teams.yaml", "{ local: identity }", "{ local: network }", "channel 'local network' is already there")]
    [InlineData("teams.yaml", "{ local: identity }", "{ irc: identity }", "'irc' is not known in 'channels' of team 'identity'. Allowed: teams, slack, local.")]
    [InlineData("teams.yaml", "closed: true", "closed: perhaps", "'perhaps' cannot be 'closed' of team 'security'. Allowed: true, false.")]
    [InlineData("catalogue.yaml", "promise: 50 hours", "promise: 5 days", "'5 days' cannot be 'promise' of catalogue item 'new-laptop'. Allowed: 15 minutes or 40 hours (of working time).")]
    [InlineData("catalogue.yaml", "approver: manager\n  promise: 50 hours", "approver: nobody\n  promise: 50 hours", "there is no person 'nobody'.")]
    [InlineData("catalogue.yaml", "options: [Read, Read and write]", "options: [Read]", "the choice 'level' has too little to choose from. Allowed: at least two options.")]
    [InlineData("catalogue.yaml", "phase: transition", "phase: soon", "'soon' cannot be 'phase' of catalogue item 'fair-kit'. Allowed: strategy, design, transition, operate, improve, retire.")]
    [InlineData("catalogue.yaml", "  qualify: HR books the two-day forklift course; tell them when you can.\n", "", "a training is asked for, and nothing says how to get it. Allowed: qualify: how and where, in words.")]
    [InlineData("catalogue.yaml", "quota: { orders: 2, per: 30 days }", "quota: { orders: 0, per: 30 days }", "'0' cannot be 'orders' of 'quota' of catalogue item 'forklift-terminal'. Allowed: a whole number from 1 to 1000.")]
    [InlineData("catalogue.yaml", "cut-off: \"14:00\"", "cut-off: noon", "'noon' cannot be 'cut-off' of catalogue item 'forklift-terminal'. Allowed: a time such as 09:00.")]
    [InlineData("catalogue.yaml", "      later: true\n", "      later: true\n      required: true\n", "the field 'number' is required, so it cannot come later. Allowed: later only where required is not set.")]
    [InlineData("catalogue.yaml", "      longest: 60\n", "      longest: 60\n    - { id: note, label: Note, kind: text, later: true }\n", "the field 'note' cannot come later where a workflow begins at once. Allowed: later only on items without a workflow.")]
    [InlineData("policies.yaml", "conversion: linked ", "conversion: both ", "'both' cannot be 'conversion' of 'intake' of this file. Allowed: linked, in-place.")]
    [InlineData("policies.yaml", "  department: false\n", "  department: some\n", "'some' cannot be 'department' of 'behalf' of this file. Allowed: true, false.")]
    [InlineData("catalogue.yaml", "least: 1\n", "least: 40\n", "the field 'days' has no number between 40 and 30. Allowed: least not above most.")]
    [InlineData("catalogue.yaml", "departments: [Warehouse]", "departments: [Warehouse]\n  colour: red", "'colour' is not known in catalogue item 'forklift-terminal'. Allowed: name, description, service, category, team, promise, phase, price, cost, conditions, audience, groups, departments, trainings, qualify, approver, approvals")]
    [InlineData("catalogue.yaml", "  service: warehouse-wifi\n", "", "catalogue item 'forklift-terminal' has no 'service'. Allowed: the id of a service.")]
    [InlineData("catalogue.yaml", "service: warehouse-wifi", "service: nobodys", "there is no service 'nobodys'.")]
    [InlineData("catalogue.yaml", "approver: owner\n  promise: 10 hours", "approvals: [{ above: 100 }]\n  cost: 200\n  promise: 10 hours", "an approval names no approver. Allowed: by: manager, owner, budget, security or the id of a person.")]
    [InlineData("catalogue.yaml", "approver: owner\n  promise: 10 hours", "approvals: [{ by: owner }, { by: owner }]\n  promise: 10 hours", "'owner' approves the same item twice. Allowed: each approver once, one after the other.")]
    [InlineData("catalogue.yaml", "approver: owner\n  promise: 10 hours", "approvals: [{ by: owner, above: 100 }]\n  promise: 10 hours", "an approval depends on the cost, and no cost is stated. Allowed: cost: a whole number.")]
    [InlineData("people.yaml", "name: Mara\n  email: mara@example.com\n", "name: Mara\n  email: mara@example.com\n  manager: ada\n", "approvals go in a circle by 'manager': ada → mara → ada. Allowed: a 'manager' further up, or none.")]
    [InlineData("people.yaml", "  deputy: ada\n", "  deputy: mara\n", "approvals go in a circle by 'deputy': mara → mara. Allowed: a 'deputy' further up, or none.")]
    [InlineData("people.yaml", "  deputy: ada\n", "  away: { from: 2027-01-02, until: 2027-01-01 }\n", "an absence ends before it begins. Allowed: a day not before 'from'.")]
    [InlineData("people.yaml", "forklift-licence: always", "forklift-licence: soon", "'soon' in 'forklift-licence' of 'trainings' of person 'wanda' is not a date. Allowed: a date such as 2027-03-31.")]
    [InlineData("catalogue.yaml", "workflow: new-employee", "workflow: nothing", "there is no workflow 'nothing'. Allowed: firewall-opening, mailing-list, new-employee.")]
    [InlineData("workflows.yaml", "kind: parallel\n", "kind: at-once\n", "'at-once' cannot be 'kind' of workflow 'new-employee'. Allowed: sequence, parallel, automatic, standard-change.")]
    [InlineData("workflows.yaml", "  reason: Three teams must be ready on the same first day.\n", "", "workflow 'new-employee' has no 'reason'. Allowed: a text.")]
    [InlineData("workflows.yaml", "id: equipment, title", "id: account, title", "the step 'account' is there twice. Allowed: each step once.")]
    [InlineData("workflows.yaml", "Laptop and desk, team: workplace }", "Laptop and desk }", "the step 'equipment' has nobody to do it. Allowed: either team or call.")]
    [InlineData("workflows.yaml", "call: mailing-list, undo: true", "team: applications", "the step 'list' of an automatic workflow waits for people. Allowed: call, or kind: sequence.")]
    [InlineData("workflows.yaml", "    - { id: list, title: The mailing list, call: mailing-list, undo: true }\n", "    []\n", "a workflow has no steps. Allowed: at least one step.")]
    [InlineData("scripts.yaml", "  categories: [printing]", "  categories: [prints]", "there is no category 'prints'.")]
    [InlineData("scripts.yaml", "  categories: [printing]", "  colour: red\n  categories: [printing]", "'colour' is not known in script 'printer'. Allowed: categories, services, steps.")]
    [InlineData("scripts.yaml", "  categories: [printing]\n", "", "nothing leads to the script 'printer'. Allowed: categories or services: a list such as [printing].")]
    [InlineData("scripts.yaml", "  categories: [remote-access]", "  categories: [remote-access, printing]", "'printing' has the script 'printer' already. Allowed: one script for each category and service.")]
    [InlineData("scripts.yaml", "      try: vpn-drops", "      try: nothing", "there is no article 'nothing'.")]
    [InlineData("scripts.yaml", "      try: vpn-drops", "      try: access-point-restart", "the article 'access-point-restart' of script 'vpn' is for agents. Allowed: an article with audience: user.")]
    [InlineData("scripts.yaml", "      try: vpn-drops\n", "", "the step 'drops' neither asks nor tries anything. Allowed: either ask or try.")]
    [InlineData("scripts.yaml", "    - id: drops\n", "    - id: internet\n", "the step 'internet' is there twice. Allowed: a name of its own for each step.")]
    [InlineData("scripts.yaml", "gesperrt], then: unlock }", "gesperrt], then: what }", "'what' does not come after the step 'what'. Allowed: new-password, unlock, phone, where, end.")]
    [InlineData("scripts.yaml", "      fact: { en: Room, de: Raum }\n", "", "the answer to 'room' has no name for the team. Allowed: fact: { en: …, de: … }.")]
    [InlineData("scripts.yaml", "      from: site", "      from: moon", "'moon' cannot be 'from' of a step of script 'printer'. Allowed: devices, site.")]
    [InlineData("scripts.yaml", "        - { id: down, en: \"No\", de: \"Nein\", words: [no internet, kein internet] }\n", "", "the step 'internet' has 1 options. Allowed: 2 to 5 options, or none; none where from is.")]
    [InlineData("teams.yaml", "on-call: [linus, grace]", "on-call: [tom]", "tom is on call for team 'network' without being a member. Allowed: ada, grace, linus.")]
    [InlineData("policies.yaml", "on-call-from: 1", "on-call-from: 9", "'9' cannot be 'on-call-from' of this file. Allowed: a whole number from 0 to 4.")]
    [InlineData("calendars.yaml", "monday: 08:00-18:00", "monday: 18:00-08:00", "'18:00-08:00' are no opening hours. Allowed: hours such as 08:00-18:00")]
    [InlineData("calendars.yaml", "2027-01-01", "2027-02-30", "'2027-02-30' in 'holidays' of calendar 'support' is not a date. Allowed: a date such as 2027-03-31.")]
    [InlineData("policies.yaml", "department:   { low: 4, medium: 3, high: 2, critical: 1 }", "department:   { low: 4, medium: 3, high: 5, critical: 1 }", "'5' cannot be 'high' of 'department' of 'matrix' of this file. Allowed: a whole number from 1 to 4.")]
    [InlineData("policies.yaml", "  article-threshold: 0.2", "  article-threshold: 20", "'20' cannot be 'article-threshold' of 'intake' of this file. Allowed: a number from 0 to 1.")]
    [InlineData("policies.yaml", "  at: \"09:00\"", "  at: nine", "'nine' cannot be 'at' of 'digest' of this file. Allowed: a time such as 09:00.")]
    [InlineData("knowledge/disk-full.md", "audience: user", "audience: all", "'all' cannot be 'audience' of the article. Allowed: user, agent.")]
    [InlineData("knowledge/disk-full.md", "5. Restart the computer.", "Then restart.", "there is text after the steps.")]
    public void Read_OneWrongValue_IsOneFaultWithWhatIsAllowed(string file, string right, string wrong, string said)
    {
        Change(file, right, wrong);

        var fault = Fault();
        Assert.StartsWith(file, fault, StringComparison.Ordinal);
        Assert.Contains(said, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingSection_IsOneFault()
    {
        Change("policies.yaml", "digest:\n  at: \"09:00\"\n  zone: Europe/Berlin\n", "");

        Assert.Equal("policies.yaml, line 4: this file has no 'digest'. Allowed: keys with values.", Fault());
    }

    [Fact]
    public void Read_MissingFile_IsOneFaultAndNotOneForEachReference()
    {
        File.Delete(Path.Combine(_folder, "people.yaml"));

        Assert.StartsWith("people.yaml: the file is missing.", Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BrokenYaml_IsOneFaultWithItsLine()
    {
        Change("teams.yaml", "  lead: ada\n  members: [ada, grace, linus]\n  calendar: around-the-clock", "  lead: ada\n  members: [ada, grace\n  calendar: around-the-clock");

        var unclosed = LineOf("teams.yaml", "calendar: around-the-clock") - 1;
        Assert.StartsWith($"teams.yaml, line {unclosed}: this is not readable as YAML (a bracket or quote is not closed).", Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TabInYaml_IsOneFaultWithItsLine()
    {
        Change("knowledge/disk-full.md", "title: The", "\ttitle: The");

        Assert.StartsWith("knowledge/disk-full.md, line 2: this is not readable as YAML", Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ManyFaults_ReportsAllAtOnceByFileAndLine()
    {
        Change("teams.yaml", "calendar: around-the-clock", "calendar: never");
        Change("services.yaml", "  owner: mara", "  owner: nobody");
        Change("people.yaml", "  email: tom@example.com\n", "");
        Change("knowledge/vpn-drops.md", "---\nid", "id");

        var faults = FaultsIn(_folder);

        Assert.Equal(["knowledge/vpn-drops.md", "people.yaml", "scripts.yaml", "services.yaml", "teams.yaml"], faults.Select(fault => fault.File).Distinct(StringComparer.Ordinal));
        Assert.Equal(faults.OrderBy(fault => fault.File, StringComparer.Ordinal).ThenBy(fault => fault.Line), faults);
        Assert.True(faults.Count > 15, "each service that lost its owner is named");
    }

    [Fact]
    public void Read_OfficeThatNobodyHolds_NamesTheItemAndTheWay()
    {
        Change("policies.yaml", "  budget: mara\n", "");
        Change("catalogue.yaml", "approver: owner\n  promise: 10 hours", "approver: budget\n  promise: 10 hours");

        Assert.Equal(
            $"catalogue.yaml, line {LineOf("catalogue.yaml", "application-access:")}: catalogue item 'application-access' asks 'budget' to approve, and nobody is named for that. Allowed: approval: {{ budget: the id of a person }} in policies.yaml.",
            Fault());
    }

    [Fact]
    public void Read_BadCatalogue_ReportsUnknownKeyCircleMissingApproverTwinAndOrphanAtOnce()
    {
        Change("catalogue.yaml", "departments: [Warehouse]", "departments: [Warehouse]\n  colour: red");
        Change("people.yaml", "name: Mara\n", "name: Mara\n  manager: ada\n");
        Change("catalogue.yaml", "approver: owner\n  promise: 10 hours", "approver: nobody\n  promise: 10 hours");
        Change("catalogue.yaml", "  service: laptops\n", "");
        Append("catalogue.yaml", "\nnew-laptop:\n  name: Twin\n  description: Again.\n  service: laptops\n  category: hardware\n  team: workplace\n  promise: 5 hours\n  phase: operate\n");

        var said = FaultsIn(_folder).Select(fault => fault.ToString()).ToList();

        Assert.Equal(5, said.Count);
        Assert.All(said, fault => Assert.Matches("^[a-z]+[.]yaml, line [0-9]+: .+ Allowed: .+[.]$", fault));
        foreach (var words in new[] { "'colour' is not known", "in a circle by 'manager': ada → mara → ada", "there is no person 'nobody'", "catalogue item 'new-laptop' is already there", "catalogue item 'new-laptop' has no 'service'" })
        {
            Assert.Single(said, fault => fault.Contains(words, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Read_OwnCategory_NeedsOnlyATeam()
    {
        Change("teams.yaml", "[hr, other]", "[hr, other, laboratory]");
        Change("services.yaml", "  category: hr", "  category: laboratory");

        var desk = Assert.IsType<DeskReading.Complete>(DeskFolder.Read(_folder)).Desk;
        Assert.Equal("service-desk", desk.TeamFor("laboratory").Id);
    }

    [Fact]
    public void Read_ArticleStepOverTwoLines_IsOneStep()
    {
        Change("knowledge/disk-full.md", "1. Empty the recycle bin.", "1. Empty\n   the recycle bin.");

        var desk = Assert.IsType<DeskReading.Complete>(DeskFolder.Read(_folder)).Desk;
        Assert.Equal("Empty the recycle bin.", desk.Article("disk-full")!.Steps[0]);
    }

    private string Fault() => Assert.Single(FaultsIn(_folder)).ToString();

    private static IReadOnlyList<DeskFault> FaultsIn(string folder) => Assert.IsType<DeskReading.Faulty>(DeskFolder.Read(folder)).Faults;

    private void Change(string file, string from, string to)
    {
        var path = Path.Combine(_folder, file);
        var text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }

    private void Append(string file, string text) => File.AppendAllText(Path.Combine(_folder, file), text);

    private int LineOf(string file, string words) =>
        Array.FindIndex(File.ReadAllLines(Path.Combine(_folder, file)), line => line.Contains(words, StringComparison.Ordinal)) + 1;
}
