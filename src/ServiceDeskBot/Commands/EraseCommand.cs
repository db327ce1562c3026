using System.CommandLine;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Commands;

/// <summary><c>erase --person P</c>: blanks somebody's words and forgets who they are; what happened to their tickets stays under their desk id.</summary>
internal static class EraseCommand
{
    private const int MostNamed = 10;

    public static Command Create(CommandRun run)
    {
        var person = new Option<string>("--person") { Description = "Desk id or e-mail address.", Required = true };
        var command = new Command("erase", "Erases a person's data. There is no way back: export it first.") { person };
        command.SetAction((parsed, cancellationToken) => EraseAsync(parsed.GetRequiredValue(person), run, cancellationToken));
        return command;
    }

    private static async Task<int> EraseAsync(string who, CommandRun run, CancellationToken cancellationToken)
    {
        await using var app = run.Build();
        var desk = app.Services.GetRequiredService<DeskContent>();
        var store = app.Services.GetRequiredService<IDeskStore>();
        await store.OpenAsync(cancellationToken);

        Person? person;
        IReadOnlyList<PersonAccount> accounts;
        IReadOnlyList<string> open;
        int texts;
        await using (var snapshot = await store.SnapshotAsync(cancellationToken))
        {
            person = await snapshot.FindAsync(who);
            if (person is null)
            {
                return await run.RefuseAsync($"Nobody with the id or address '{who}' is known.");
            }

            accounts = await snapshot.AccountsOfAsync(person.Id);
            open = [.. (await snapshot.OpenTicketsOfAsync(person.Id)).Select(ticket => ticket.Id)];
            texts = (await snapshot.TextsByAsync(person.Id)).Count;
        }

        if (desk.People.Any(known => known.Id == person.Id))
        {
            return await run.RefuseAsync($"'{person.Id}' stands in people.yaml (or in Desk:Operators) and would come back at the next start: remove them there first.");
        }

        if (open.Count > 0)
        {
            return await run.RefuseAsync($"{person.Id} has work open ({string.Join(", ", open.Take(MostNamed))}): close it first, or nobody could tell them how it ends.");
        }

        await store.CommitAsync(
            new UnitOfWork(
            [
                new PutPerson(new Person(person.Id, ErasePerson.Gone, null, [])),
                new ErasePerson(person.Id, [.. accounts.Select(account => account.Personal).OfType<Core.Conversations.Place>()]),
            ]),
            cancellationToken);
        await run.SayAsync($"{person.Id}: {texts} texts blanked, {accounts.Count} accounts forgotten. What the desk wrote on the platform stays there; backups and a desk that is running keep it until they are renewed.");
        return DeskCommands.Done;
    }
}
