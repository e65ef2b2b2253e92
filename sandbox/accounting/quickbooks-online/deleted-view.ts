/** What is answered in place of a record that was just deleted. */
export function deletedView(sent: object): object {
  return { Id: 'Id' in sent ? sent.Id : undefined, status: 'Deleted', domain: 'QBO' }
}
